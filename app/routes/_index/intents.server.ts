import { data, redirect } from "@remix-run/node";
import { z } from "zod";
import { customerCookie } from "~/auth/cookies.server";
import { requireApiCustomer } from "~/auth/require.server";
import { endChat } from "~/chat/end-chat.server";
import { leaveEmail, leaveEmailInput } from "~/chat/leave-email.server";
import { rateChat, rateInput } from "~/chat/rate-chat.server";
import { sendInput } from "~/chat/send-message.server";
import { sendTyped } from "~/chat/send-typed.server";
import { startChat, startInput } from "~/chat/start-chat.server";
import type { Attachment } from "~/files/shapes";
import { formWithFiles, keptWith } from "~/routes/form-with-files.server";
import { refusalResponse } from "~/routes/refusal.server";

const INTENTS = { start, send, end, rate, email };

/** One form, one intent. What works leads back to the page with a redirect, so that reloading it sends nothing again. */
export async function answerIntent(request: Request, ip: string) {
  let fields: Fields = {};
  try {
    const form = await formWithFiles(request, () => requireApiCustomer(request));
    fields = keptWith(form.fields, form.attachments);
    if (form.refusal) throw form.refusal;
    // Renews the page around a half-written message.
    if (fields.intent === "refresh") return data({ ok: true as const, kept: fields });
    const intent = z.enum(["start", "send", "end", "rate", "email"]).parse(fields.intent);
    const cookie = await INTENTS[intent](request, form.fields, ip, form.attachments);
    return redirect("/", { status: 303, headers: cookie ? { "Set-Cookie": cookie } : {} });
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

type Fields = Record<string, string>;

async function start(request: Request, fields: Fields, ip: string): Promise<string> {
  const shown = customerCookie.read(request.headers.get("Cookie"));
  const input = startInput.parse(fields);
  const { customerToken } = await startChat(shown, input, { ip, userAgent: request.headers.get("User-Agent") });
  return customerCookie.write(customerToken);
}

async function send(request: Request, fields: Fields, _ip: string, attachments: Attachment[]): Promise<void> {
  const input = sendInput.parse({ ...fields, expectedSeq: undefined, attachmentIds: attachments.map(({ id }) => id) });
  await sendTyped(await requireApiCustomer(request), input, attachments);
}

async function end(request: Request): Promise<void> {
  await endChat(await requireApiCustomer(request));
}

async function rate(request: Request, fields: Fields): Promise<void> {
  await rateChat(await requireApiCustomer(request), rateInput.parse(fields));
}

async function email(request: Request, fields: Fields): Promise<void> {
  await leaveEmail(await requireApiCustomer(request), leaveEmailInput.parse(fields));
}
