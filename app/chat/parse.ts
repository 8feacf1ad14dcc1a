import type { z } from "zod";
import { Invalid } from "./errors";

/** Reads outside input by its schema. @throws Invalid, naming each field that is wrong. */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".") || "input"] ??= issue.message;
  const [name, message] = Object.entries(fields)[0] ?? ["input", "is wrong"];
  throw new Invalid(`${name}: ${message}`, fields);
}
