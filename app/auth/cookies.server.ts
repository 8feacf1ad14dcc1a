import { env } from "~/env.server";

const YEAR_S = 31_536_000;
export const STEP_S = 300;

/** __Host- binds a cookie to this very host over https; plain http (the local trial) cannot have it. */
export const overHttps = () => env().APP_ORIGIN?.every((origin) => origin.startsWith("https:")) ?? false;

/** Our values are base64url and JWTs: they need no encoding, and no library to read them. */
function secretCookie(plainName: string, maxAge: () => number) {
  const name = () => (overHttps() ? `__Host-${plainName}` : plainName);
  const write = (value: string, seconds: number) =>
    `${name()}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${overHttps() ? "; Secure" : ""}`;
  return {
    /** From a Cookie header; null when absent. */
    read(header: string | null | undefined) {
      const prefix = `${name()}=`;
      const part = header?.split(/;\s*/).find((p) => p.startsWith(prefix));
      return part?.slice(prefix.length) || null;
    },
    /** A Set-Cookie value. */
    write: (value: string) => write(value, maxAge()),
    clear: () => write("", 0),
  };
}

export const accessCookie = secretCookie("hd_access", () => env().JWT_REFRESH_EXPIRES_IN);
export const refreshCookie = secretCookie("hd_refresh", () => env().JWT_REFRESH_EXPIRES_IN);
/** Between the password and the second factor. */
export const stepCookie = secretCookie("hd_step", () => STEP_S);
export const customerCookie = secretCookie("hd_customer", () => YEAR_S);
