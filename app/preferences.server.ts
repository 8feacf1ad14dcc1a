import { asTheme, type Theme } from "./theme";

export interface Preferences {
  theme: Theme;
  /** IANA name, as the browser told us on an earlier visit; null until then. */
  timeZone: string | null;
}

const YEAR_SECONDS = 31_536_000;

/** What this browser chose or told us, from its cookies. */
export function preferencesOf(request: Request): Preferences {
  const cookies = request.headers.get("cookie") ?? "";
  return { theme: asTheme(read(cookies, "theme")), timeZone: validZone(read(cookies, "tz")) };
}

export function themeCookie(theme: Theme): string {
  return `theme=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}

function read(cookies: string, name: string): string | undefined {
  const value = cookies.match(new RegExp(`(?:^|;\\s*)${name}=([^;]*)`))?.[1];
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
