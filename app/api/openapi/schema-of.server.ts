import { z } from "zod";

/** What a program has to send, as JSON Schema; what zod makes of it afterwards is not its business. */
export function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return plain;
}
