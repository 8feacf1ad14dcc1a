import type { filesStaffEn } from "./files-staff-en";

/** Bahasa Indonesia. */
export const filesStaffId: Record<keyof typeof filesStaffEn, string> = {
  "about.files": "{count} berkas",
  "about.files.one": "1 berkas",
  "about.files.older": "{count} lebih lama",
  "settings.files": "Berkas",
  "settings.fileMaxMegabytes": "Berkas terbesar, MB",
  "settings.fileMaxMegabytes.hint": "Berkas yang lebih besar ditolak selagi masih diunggah.",
  "settings.fileTypes": "Jenis berkas",
  "settings.fileTypes.hint": "Ekstensi. Isi berkas harus sesuai dengan namanya.",
  "settings.filesPerMessage": "Berkas dalam satu pesan",
  "settings.filesPerMessage.hint": "1 sampai 20.",
  "settings.filesPerChatAndDay": "Berkas dalam satu percakapan dan hari",
  "settings.filesPerChatAndDay.hint": "Dari kedua pihak bersama-sama.",
  "settings.fileQuotaCustomerMegabytes": "Ruang untuk satu pelanggan, MB",
  "settings.fileQuotaCustomerMegabytes.hint": "Untuk semua yang diunggahnya; 0: tanpa batas.",
  "settings.fileQuotaTotalMegabytes": "Ruang untuk semua berkas, MB",
  "settings.fileQuotaTotalMegabytes.hint": "Bila habis, tidak ada yang dapat melampirkan; 0: tanpa batas.",
  "settings.scanUnreachable": "Bila pemindai virus tidak menjawab",
  "settings.scanUnreachable.hint": "Hanya bila CLAMAV_HOST diatur.",
};
