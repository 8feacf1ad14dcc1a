import { catalogueFor } from "./catalogue.server";
import { staffEn, type StaffTexts } from "./staff-en";
import { staffId } from "./staff-id";

const LANGUAGES: Partial<Record<string, StaffTexts>> = { en: staffEn, id: staffId };

/** The staff's texts in the reader's language; kept apart so that no customer downloads them. */
export function staffTextsFor(request: Request): StaffTexts {
  return LANGUAGES[new Intl.Locale(catalogueFor(request).locale).language] ?? staffEn;
}
