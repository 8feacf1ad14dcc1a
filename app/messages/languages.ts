/** What the catalogue speaks, each by its own name. */
export const LANGUAGES = { en: "English", id: "Bahasa Indonesia" } as const;
export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as Language[];

/** The language in a cookie or a form field; null for anything else. */
export function asLanguage(value: unknown): Language | null {
  return LANGUAGE_CODES.find((code) => code === value) ?? null;
}
