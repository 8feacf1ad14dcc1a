import { en, type Texts } from "./en";
import { id } from "./id";

const LANGUAGES: Partial<Record<string, Texts>> = { en, id };

/**
 * The first language of Accept-Language that we speak, and its texts; English otherwise. `locale` keeps the region
 * (en-GB), which decides how dates and times are written.
 */
export function catalogueFor(request: Request): { locale: string; texts: Texts } {
  for (const locale of preferred(request.headers.get("accept-language") ?? "")) {
    const texts = LANGUAGES[locale.language];
    if (texts) return { locale: locale.toString(), texts };
  }
  return { locale: "en", texts: en };
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
