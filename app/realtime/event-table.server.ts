import type { z } from "zod";
import type { Connection } from "./connection.server";

type RequestId = string | number | undefined;

export interface Answer {
  event: string;
  data: unknown;
}

export interface EventRow {
  input: z.ZodType;
  /** @returns what to answer a request with, or null when nothing is to be said. */
  handle(c: Connection, input: unknown, requestId: RequestId): Promise<Answer | null>;
}

/** What one kind of socket may say; a Map, so that `__proto__` is just an unknown name. */
export type EventTable = Map<string, EventRow>;

export function on<T extends z.ZodType>(
  event: string,
  input: T,
  handle: (c: Connection, input: z.infer<T>, requestId: RequestId) => Promise<Answer | null>,
): [string, EventRow] {
  return [event, { input, handle: handle as EventRow["handle"] }];
}

export const answer = (event: string, data: unknown): Answer => ({ event, data });
