import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { signOut } from "~/auth/login.server";

// A link must not sign anybody out: only the form does.
export function loader() {
  return redirect("/login");
}

export async function action({ request }: ActionFunctionArgs) {
  const headers = new Headers();
  for (const cookie of await signOut(request)) headers.append("Set-Cookie", cookie);
  return redirect("/login", { headers, status: 303 });
}
