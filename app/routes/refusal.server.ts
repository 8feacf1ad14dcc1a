import { data } from "@remix-run/node";
import { ZodError } from "zod";
import { Invalid, Refusal } from "~/chat/errors";
import { REFUSAL_STATUS, retryAfter } from "~/http/refusal-status";
import { catalogueFor } from "~/messages/catalogue.server";
import { refusalFieldsIn, refusalIn } from "~/messages/refusal-language.server";

/** What a page shows when a verb refused: why, which field, and what was typed. */
export interface RefusalView {
  ok: false;
  code: Refusal["code"];
  message: string;
  fields: Record<string, string>;
  kept: Record<string, string>;
}

export function refusalStatus(code: Refusal["code"]): number {
  return REFUSAL_STATUS[code];
}

/**
 * A refusal as an action's answer, in the language of whoever asked; `kept` is what they typed, so that no form loses it.
 * What did not parse is refused too, with the reasons beside the fields.
 * @throws whatever is neither: redirects, and faults of ours.
 */
export function refusalResponse(error: unknown, kept: Record<string, string>, request: Request) {
  const view = refusalView(error, kept, request);
  return data(view, {
    status: refusalStatus(view.code),
    headers: error instanceof Refusal ? retryAfter(error) : undefined,
  });
}

/** The same as a part of a page that can be shown all the same. @throws whatever is no refusal */
export function refusalView(error: unknown, kept: Record<string, string>, request: Request): RefusalView {
  const refusal = error instanceof ZodError ? unparsed(error) : error;
  if (!(refusal instanceof Refusal)) throw error;
  const { language } = catalogueFor(request);
  const message = refusalIn(language, refusal.message);
  const fields = refusalFieldsIn(language, refusal.details.fields ?? {});
  return { ok: false, code: refusal.code, message, fields, kept };
}

function unparsed({ issues }: ZodError) {
  const fields: Record<string, string> = {};
  for (const { path, message } of issues) fields[path.join(".")] ??= message;
  return new Invalid(issues[0]?.message ?? "That is not valid.", fields);
}
