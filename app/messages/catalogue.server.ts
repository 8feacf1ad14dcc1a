import { en, type Texts } from "./en";
import { id } from "./id";

const LANGUAGES: Record<string, Texts> = { en, id };

/** The first language of Accept-Language that we speak, and its texts; English otherwise. */
export function catalogueFor(request: Request): { locale: string; texts: Texts } {
  const locale = preferred(request.headers.get("accept-language") ?? "").find((tag) => tag in LANGUAGES) ?? "en";
  return { locale, texts: LANGUAGES[locale] ?? en };
}

/** "id-ID,en;q=0.8" -> ["id", "en"], best first. */
function preferred(header: string): string[] {
  return header
    .split(",")
    .map((part) => {
      const [tag = "", q] = part.trim().split(";q=");
      return { language: tag.split("-")[0]?.toLowerCase() ?? "", weight: q === undefined ? 1 : Number(q) || 0 };
    })
    .filter(({ language, weight }) => /^[a-z]{2,3}$/.test(language) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => language);
}
