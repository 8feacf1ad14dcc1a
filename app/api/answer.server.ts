import type { ActionFunctionArgs } from "@remix-run/node";
import { Invalid, Refusal, refusalFrom } from "~/chat/errors";
import { REFUSAL_STATUS, retryAfter } from "~/http/refusal-status";
import { log } from "~/log.server";
import { catalogueFor } from "~/messages/catalogue.server";
import { refusalFieldsIn, refusalIn } from "~/messages/refusal-language.server";
import { readText } from "./read-body.server";

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
      return refused(error, args.request);
    }
  };
}

/** The request's JSON body; an empty one is {}. @throws Invalid, TooLarge */
export async function jsonBody(request: Request, mostBytes?: number): Promise<unknown> {
  const text = await readText(request, mostBytes);
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid("The body is not JSON.");
  }
}

/** In the language of whoever asked. */
export function refused(error: unknown, request: Request): Response {
  const { language } = catalogueFor(request);
  if (!(error instanceof Refusal)) {
    log().error({ error: error instanceof Error ? error.stack : String(error) }, "a call failed");
  }
  const refusal = refusalFrom(error);
  if (!refusal) return failure(500, "INTERNAL", refusalIn(language, "Something went wrong here. Try again."));
  const { fields } = refusal.details;
  const told = fields && refusalFieldsIn(language, fields);
  return failure(
    REFUSAL_STATUS[refusal.code],
    refusal.code,
    refusalIn(language, refusal.message),
    told,
    retryAfter(refusal),
  );
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
