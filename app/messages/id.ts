import type { Texts } from "./en";

/** Bahasa Indonesia. */
export const id: Texts = {
  "app.skip": "Langsung ke isi",
  "app.theme": "Tema",
  "app.theme.light": "Terang",
  "app.theme.dark": "Gelap",
  "app.theme.system": "Ikuti sistem",
  "app.signIn": "Masuk",

  "time.today": "Hari ini",
  "time.yesterday": "Kemarin",

  "log.label": "Percakapan dengan {name}",
  "log.you": "Anda",
  "log.system": "Pemberitahuan",
  "log.sending": "Mengirim…",
  "log.failed": "Tidak terkirim",
  "log.retry": "Coba lagi",
  "log.discard": "Tarik kembali",
  "log.sent": "Terkirim",
  "log.seen": "Dibaca",
  "log.typing": "{name} sedang mengetik…",
  "log.unread": "Baru",
  "event.assigned": "{name} bergabung dalam percakapan",
  "event.ended.resolved": "Obrolan ditutup karena sudah selesai",
  "event.ended.customer": "Pelanggan mengakhiri obrolan",
  "event.ended.customer.you": "Anda mengakhiri obrolan",
  "event.ended.idle": "Obrolan berakhir karena lama tidak ada pesan",
  "event.ended.admin": "Obrolan ditutup oleh tim",
  "event.rated": "Dinilai {rating} dari 5",

  "composer.label": "Pesan",
  "composer.placeholder": "Tulis pesan…",
  "composer.send": "Kirim",
  "composer.tooLong": "Kelebihan {over} karakter",

  "error.title.404": "Halaman ini tidak ada",
  "error.text.404": "Alamatnya mungkin sudah lama atau salah ketik. Obrolan Anda, jika ada, tetap di tempatnya.",
  "error.title.403": "Halaman ini bukan untuk akun ini",
  "error.text.403": "Anda sudah masuk, tetapi bagian ini untuk orang dengan hak lain.",
  "error.title.500": "Ada yang salah di pihak kami",
  "error.text.500": "Bukan salah Anda. Yang sudah Anda kirim tersimpan; coba lagi sebentar lagi.",
  "error.home": "Ke halaman awal",
  "error.again": "Coba lagi",
};
