import { catalogueFor } from "./catalogue.server";
import type { Language } from "./languages";
import { staffEn, type StaffTexts } from "./staff-en";
import { staffId } from "./staff-id";

const CATALOGUES: Record<Language, StaffTexts> = { en: staffEn, id: staffId };

/** The staff's texts in the reader's language; kept apart so that no customer downloads them. */
export const staffTextsFor = (request: Request): StaffTexts => CATALOGUES[catalogueFor(request).language];
