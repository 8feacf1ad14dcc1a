import { pick, type Random } from "../faults/random.ts";

export type Language = "en" | "id";

const FIRST = {
  en: "Olivia Noah Amelia Liam Emma Oliver Charlotte James Sophia Henry Isabella Lucas Mia Jack Evelyn Theo Harper Leo Luna Daniel Grace Samuel Chloe David Nora Joseph Hannah Carter Zoe Owen Lily Wyatt Aria John Ella Luke Ruth Adam Clara Simon".split(
    " ",
  ),
  id: "Dewi Budi Siti Agus Putri Rizky Ayu Andi Rina Dedi Wulan Hendra Lestari Joko Fitri Bayu Indah Eko Maya Yusuf Ratna Arif Sari Fajar Nina Gilang Tika Surya Melati Rahmat Intan Wahyu Kartika Dimas Anisa Bambang Citra Iwan Laras Taufik".split(
    " ",
  ),
};
const LAST = {
  en: "Smith Jones Taylor Brown Wilson Davies Evans Thomas Johnson Roberts Walker Wright Robinson Thompson White Hughes Edwards Green Hall Wood Harris Lewis Martin Jackson Clarke Turner Hill Scott Cooper Morris Ward Moore King Watson Baker Harrison Morgan Patel Young Allen".split(
    " ",
  ),
  id: "Santoso Wijaya Pratama Saputra Hidayat Nugroho Kusuma Setiawan Wibowo Siregar Nasution Simanjuntak Halim Gunawan Permana Utami Rahayu Susanti Maharani Hakim Firmansyah Syahputra Purnomo Suryadi Anggraini Handayani Kurniawan Iskandar Ramadhan Yulianto Sihombing Tanjung Lubis Harahap Manurung Sinaga Ginting Tarigan Situmorang Panjaitan".split(
    " ",
  ),
};

export const nameOf = (random: Random, language: Language) =>
  `${pick(random, FIRST[language])} ${pick(random, LAST[language])}`;

/** `{t}` is a thing, `{w}` a word of the long tail, `{o}` an order's number. */
const SAID = {
  en: {
    customer: [
      "Hello, I have a question about my {t}",
      "Where is my order {o}?",
      "The {t} that I got is broken",
      "I would like a refund for order {o}",
      "Can I return the {t} {w}?",
      "My payment did not go through, the card was charged twice",
      "How long does the delivery of the {w} take?",
      "I cannot sign in to my account, the password reset never arrives",
      "Please change the address of order {o}",
      "Do you have the {w} {t} in another colour?",
      "The invoice shows the wrong amount",
      "Thank you very much",
      "Yes please",
      "No, that is all, thank you",
      "It says {w} on the box, not {w}",
      "I have been waiting since last week",
      "Could you check again, please?",
      "When will the {t} be available again?",
      "The voucher {w} is not accepted at checkout",
      "ok",
    ],
    cs: [
      "Good day, how can I help you?",
      "One moment please, I am looking into it",
      "Could you send me the order number? It is in the subject of our e-mail",
      "I am sorry about the {t}. We send you a new one today",
      "Your refund for {o} has been approved and takes three to five working days",
      "The parcel with the {w} left our warehouse this morning",
      "I have changed the address of order {o}",
      "The {t} {w} will be back in stock next week",
      "You can return it within thirty days, the label is in your e-mail",
      "Is there anything else that I can do for you?",
      "Thank you for your patience",
      "Our courier could not find the address, shall we try again tomorrow?",
      "I have sent you a link to reset the password",
      "You are welcome, have a nice day",
    ],
  },
  id: {
    customer: [
      "Halo, saya mau tanya soal {t} saya",
      "Pesanan {o} saya sampai di mana ya?",
      "{t} yang saya terima rusak",
      "Saya ingin pengembalian dana untuk pesanan {o}",
      "Apakah {t} {w} bisa ditukar?",
      "Pembayaran saya gagal tetapi saldo sudah terpotong",
      "Berapa lama pengiriman {w} ke Surabaya?",
      "Saya tidak bisa masuk ke akun, kata sandi selalu ditolak",
      "Tolong ubah alamat pesanan {o}",
      "Ada {t} {w} warna lain?",
      "Jumlah di tagihan tidak sesuai",
      "Terima kasih banyak",
      "Iya kak",
      "Tidak, itu saja, terima kasih",
      "Di kotaknya tertulis {w}, bukan {w}",
      "Saya sudah menunggu sejak minggu lalu",
      "Bisa tolong dicek lagi?",
      "Kapan {t} tersedia lagi?",
      "Voucher {w} tidak bisa dipakai",
      "baik kak",
    ],
    cs: [
      "Selamat siang, ada yang bisa kami bantu?",
      "Mohon tunggu sebentar, saya periksa dulu",
      "Boleh minta nomor pesanannya? Ada di judul surel kami",
      "Mohon maaf soal {t}, hari ini kami kirim yang baru",
      "Pengembalian dana {o} sudah disetujui, tiga sampai lima hari kerja",
      "Paket {w} sudah keluar dari gudang pagi ini",
      "Alamat pesanan {o} sudah saya ubah",
      "{t} {w} akan tersedia lagi minggu depan",
      "Barang bisa dikembalikan dalam tiga puluh hari, labelnya ada di surel",
      "Ada lagi yang bisa saya bantu?",
      "Terima kasih sudah menunggu",
      "Kurir tidak menemukan alamatnya, boleh kami coba lagi besok?",
      "Tautan untuk kata sandi baru sudah saya kirim",
      "Sama-sama, semoga harinya menyenangkan",
    ],
  },
};

const THINGS = {
  en: "shoes jacket headphones laptop phone backpack lamp kettle camera watch tent bicycle chair keyboard printer speaker blanket perfume helmet charger".split(
    " ",
  ),
  id: "sepatu jaket headphone laptop ponsel ransel lampu ketel kamera jam tenda sepeda kursi keyboard printer speaker selimut parfum helm pengisi".split(
    " ",
  ),
};

export const NOTES = [
  "Customer called twice, be quick",
  "Warehouse confirms that it is lost, refund agreed",
  "Pelanggan sudah dihubungi lewat telepon",
  "Same fault as the {w} last month, tell the supplier",
];

/** Names of products and places that nobody else uses: the n-th is said in proportion to 1/n, as in any language. */
const TAIL_WORDS = 20_000;
const SYLLABLES = "ka ri no ta lu me sa vi do pe mi ra zu ko be la ti fa nu gi so ha re pa ly".split(" ");

const tailWord = (n: number) => {
  let word = "";
  for (let left = n + SYLLABLES.length; left > 0; left = Math.floor(left / SYLLABLES.length)) {
    word += SYLLABLES[left % SYLLABLES.length];
  }
  return word;
};

const TAIL = Array.from({ length: TAIL_WORDS }, (_, n) => tailWord(n));

/** Zipf by the inverse of its smooth form: rank = N^u. */
const zipf = (random: Random) => TAIL[Math.floor(TAIL_WORDS ** random()) - 1] ?? TAIL[0] ?? "";

/** One to three sentences of a customer or an agent. */
export function speech(random: Random, language: Language, who: "customer" | "cs"): string {
  const sentences = random() < 0.6 ? 1 : random() < 0.75 ? 2 : 3;
  let text = sentence(random, pick(random, SAID[language][who]), language);
  for (let more = 1; more < sentences; more++) {
    text += `${/[?!]$/.test(text) ? "" : "."} ${sentence(random, pick(random, SAID[language][who]), language)}`;
  }
  return text;
}

export const sentence = (random: Random, template: string, language: Language) =>
  template.replace(/\{(\w)\}/g, (_, kind: string) =>
    kind === "t" ? pick(random, THINGS[language]) : kind === "w" ? zipf(random) : orderNumber(random),
  );

const orderNumber = (random: Random) => `HD-${100_000 + Math.floor(random() * 900_000)}`;
