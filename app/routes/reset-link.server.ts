import { env } from "~/env.server";

/** The whole address of a page where a password is chosen, as the person will open it. */
export function resetLink(request: Request, token: string): string {
  const origin = env().APP_ORIGIN?.[0] ?? new URL(request.url).origin;
  return `${origin}/reset/${token}`;
}
