import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { safeRedirect } from "~/auth/login.server";
import { asLanguage } from "~/messages/languages";
import { languageCookie } from "~/preferences.server";
import { formFields } from "~/http/form-fields.server";

export const loader = () => redirect("/");

export async function action({ request }: ActionFunctionArgs) {
  const { language, redirectTo } = await formFields(request);
  const chosen = asLanguage(language);
  return redirect(safeRedirect(redirectTo ?? null, "/"), {
    status: 303,
    headers: chosen ? { "Set-Cookie": languageCookie(chosen) } : {},
  });
}
