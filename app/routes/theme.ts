import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { safeRedirect } from "~/auth/login.server";
import { themeCookie } from "~/preferences.server";
import { asTheme } from "~/theme";

export const loader = () => redirect("/");

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const to = form.get("redirectTo");
  return redirect(safeRedirect(typeof to === "string" ? to : null, "/"), {
    status: 303,
    headers: { "Set-Cookie": themeCookie(asTheme(form.get("theme"))) },
  });
}
