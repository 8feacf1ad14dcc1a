import { asLanguage, type Language } from "./messages/languages";
import { overHttps } from "./auth/cookies.server";
import { asTheme, type Theme } from "./theme";

export interface Preferences {
  theme: Theme;
  /** IANA name, as the browser told us on an earlier visit; null until then. */
  timeZone: string | null;
  /** Chosen on a page; null: what the settings and the browser say. */
  language: Language | null;
}

const YEAR_SECONDS = 31_536_000;

/** What this browser chose or told us, from its Cookie header. */
export function preferencesOf(from: Request | string | null): Preferences {
  const cookies = (from !== null && typeof from === "object" ? from.headers.get("cookie") : from) ?? "";
  return {
    theme: asTheme(read(cookies, "theme")),
    timeZone: validZone(read(cookies, "tz")),
    language: asLanguage(read(cookies, "lang")),
  };
}

export const themeCookie = (theme: Theme) => kept("theme", theme);
export const languageCookie = (language: Language) => kept("lang", language);

function kept(name: string, value: string): string {
  return overHttps()
    ? `__Host-${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly; Secure`
    : `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly`;
}

function read(cookies: string, name: string): string | undefined {
  const value = cookies.match(new RegExp(`(?:^|;\\s*)(?:__Host-)?${name}=([^;]*)`))?.[1];
  try {
    return value && decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

function validZone(name: string | undefined): string | null {
  if (!name) return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
