export const THEMES = ["light", "dark", "system"] as const;
export type Theme = (typeof THEMES)[number];

/** The theme in a Cookie header or a form field; "system" for anything else. */
export function asTheme(value: unknown): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}
