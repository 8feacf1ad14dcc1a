import type { workspaceEn } from "./workspace-en";

export const workspaceId: Record<keyof typeof workspaceEn, string> = {
  "settings.language": "Bahasa",
  "settings.language.all": "Teks ditampilkan dalam",
  "settings.language.all.hint": "Untuk semua yang belum memilih bahasa di halaman.",
  "settings.language.browser": "Bahasa peramban masing-masing",
  "settings.rateAfterIdle": "Minta penilaian juga setelah percakapan berakhir karena sunyi",
  "settings.rateAfterIdle.hint": "Jika tidak, hanya percakapan yang diakhiri seseorang yang dinilai.",
  "settings.agentsSeeAll": "Agen boleh membaca percakapan rekannya",
  "settings.agentsSeeAll.hint": "Terdapat pada daftar “Semua”. Hanya pemegang percakapan yang menjawab.",
};
