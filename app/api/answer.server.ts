import type { ActionFunctionArgs } from "@remix-run/node";
import { Invalid, Refusal } from "~/chat/errors";
import { REFUSAL_STATUS } from "~/http/refusal-status";
import { log } from "~/log.server";

type Method = "GET" | "POST" | "PATCH" | "DELETE";
export type Handler = (args: ActionFunctionArgs) => Promise<Answer>;

export interface Answer {
  status?: number;
  headers?: HeadersInit;
  body: object;
}

/** A JSON call for each method: what the verbs return becomes `success: true`, what they refuse a status and a reason. */
export function api(handlers: Partial<Record<Method, Handler>>) {
  return async (args: ActionFunctionArgs): Promise<Response> => {
    const handler = handlers[args.request.method as Method];
    if (!handler) {
      const allow = Object.keys(handlers).join(", ");
      return failure(405, "METHOD", `Use ${allow} here.`, undefined, { Allow: allow });
    }
    try {
      const { status = 200, headers, body } = await handler(args);
      return Response.json({ success: true, ...body }, { status, headers: noStore(headers) });
    } catch (error) {
      return refused(error);
    }
  };
}

/** The request's JSON body; an empty one is {}. @throws Invalid */
export async function jsonBody(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid("The body is not JSON.");
  }
}

export function refused(error: unknown): Response {
  if (error instanceof Refusal) {
    const { fields, retryAfterSeconds } = error.details;
    const headers = retryAfterSeconds ? { "Retry-After": String(retryAfterSeconds) } : undefined;
    return failure(REFUSAL_STATUS[error.code], error.code, error.message, fields, headers);
  }
  log().error({ error: error instanceof Error ? error.stack : String(error) }, "a call failed");
  return failure(500, "INTERNAL", "Something went wrong here. Try again.");
}

function failure(status: number, code: string, message: string, fields?: object, headers?: HeadersInit) {
  return Response.json({ success: false, error: { code, message, fields } }, { status, headers: noStore(headers) });
}

function noStore(headers?: HeadersInit) {
  const all = new Headers(headers);
  all.set("Cache-Control", "no-store");
  return all;
}

/** Set-Cookie once for each value. */
export function withCookies(values: string[]): Headers {
  const headers = new Headers();
  for (const value of values) headers.append("Set-Cookie", value);
  return headers;
}
