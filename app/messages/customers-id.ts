import type { customersEn } from "./customers-en";

export const customersId: Record<keyof typeof customersEn, string> = {
  "landing.closed": "Sedang tutup",
  "landing.closed.holiday": "Tutup: {name}",
  "landing.opens": "buka lagi {when}",
  "landing.closed.text": "Tetap tulis saja: pesan Anda disimpan, dan jawabannya akan ada di sini.",
  "erase.open": "Hapus obrolan ini…",
  "erase.title": "Hapus obrolan ini selamanya?",
  "erase.text": "Semua pesan dan berkasnya hilang, juga di pihak kami. Unduh dahulu bila ingin menyimpannya.",
  "erase.confirm": "Hapus",
  "erase.cancel": "Simpan",
};
