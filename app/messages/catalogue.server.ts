import { preferencesOf } from "~/preferences.server";
import { knownSettings } from "~/settings/settings.server";
import { en, type Texts } from "./en";
import { id } from "./id";
import { asLanguage, type Language } from "./languages";

const CATALOGUES: Record<Language, Texts> = { en, id };

/**
 * The texts for whoever asks: in the language they chose, else in the one that an admin set for everybody, else in the
 * first of Accept-Language that we speak, else in English. `locale` keeps the browser's region (en-GB), which decides how
 * dates and times are written.
 */
export function catalogueFor(request: Request): { locale: string; language: Language; texts: Texts } {
  const { locale, language } = languageOf(request.headers.get("cookie"), request.headers.get("accept-language"));
  return { locale, language, texts: CATALOGUES[language] };
}

/** The same for who has only headers, such as a socket. */
export function languageOf(cookie: string | null, accept: string | null): { locale: string; language: Language } {
  const known = preferred(accept ?? "").filter(({ language }) => asLanguage(language));
  const language =
    preferencesOf(cookie).language ?? asLanguage(knownSettings()?.language) ?? asLanguage(known[0]?.language) ?? "en";
  const locale = known.find((one) => one.language === language)?.toString() ?? language;
  return { locale, language };
}

/** "id-ID,en;q=0.8" -> [id-ID, en], best first. */
function preferred(header: string): Intl.Locale[] {
  return header
    .slice(0, 200)
    .split(",")
    .map((part) => {
      const [tag = "", q] = part.trim().split(";q=");
      return { locale: localeOf(tag), weight: q === undefined ? 1 : Number(q) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .flatMap(({ locale }) => locale ?? []);
}

// Language, script and region only: extensions (-u-nu-…) would let a header choose numerals and calendars.
function localeOf(tag: string): Intl.Locale | null {
  return /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i.test(tag) ? new Intl.Locale(tag) : null;
}
