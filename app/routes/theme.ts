import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { safeRedirect } from "~/auth/login.server";
import { themeCookie } from "~/preferences.server";
import { asTheme } from "~/theme";
import { formFields } from "~/http/form-fields.server";

export const loader = () => redirect("/");

export async function action({ request }: ActionFunctionArgs) {
  const { theme, redirectTo } = await formFields(request);
  return redirect(safeRedirect(redirectTo, "/"), {
    status: 303,
    headers: { "Set-Cookie": themeCookie(asTheme(theme)) },
  });
}
