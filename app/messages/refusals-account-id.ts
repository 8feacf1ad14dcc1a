/** What is refused around an account, as in refusals-id. */
export const refusalsAccountId: Record<string, string> = {
  "Write your present password.": "Tulis kata sandi Anda sekarang.",
  "Write a new password.": "Tulis kata sandi baru.",
  "That is too long for a password.": "Terlalu panjang untuk kata sandi.",
  "That is the old one.": "Itu yang lama.",
  "That is not your password.": "Itu bukan kata sandi Anda.",
  "Use at least {n} characters; a few words make a good one.":
    "Gunakan paling sedikit {n} karakter; beberapa kata sudah baik.",
  "At most {max} bytes; this one has {bytes}. Letters with accents and emoji count for more than one.":
    "Paling banyak {max} bita; yang ini {bytes}. Huruf beraksen dan emoji dihitung lebih dari satu.",
  "This is one of the commonest passwords. Choose another.": "Ini salah satu kata sandi paling umum. Pilih yang lain.",
  "That is too few different characters.": "Terlalu sedikit karakter yang berbeda.",
  "Your name and ours are the first that are guessed. Choose another.":
    "Nama Anda dan nama kami ditebak paling dulu. Pilih yang lain.",
  "That sign-in has ended already.": "Sesi itu sudah berakhir.",
  "Write the code.": "Tulis kodenya.",
  "That is too long for a code.": "Terlalu panjang untuk kode.",
  "That code is not right, or was used already. Wait for the next one.":
    "Kode itu tidak benar atau sudah dipakai. Tunggu kode berikutnya.",
  "That took too long. Begin again with your password.": "Terlalu lama. Mulai lagi dengan kata sandi Anda.",
  "Add the code of your authenticator app, or a recovery code.":
    "Tambahkan kode aplikasi autentikator, atau kode pemulihan.",
  "You have a second factor already.": "Anda sudah punya faktor kedua.",
  "You have no second factor.": "Anda tidak punya faktor kedua.",
  "Your organisation asks for a second factor.": "Organisasi Anda meminta faktor kedua.",
  "That account has no second factor.": "Akun itu tidak punya faktor kedua.",
  "Turn off your own second factor in your account.": "Matikan faktor kedua Anda sendiri di akun Anda.",
  "Set up your second factor first.": "Pasang faktor kedua Anda dahulu.",
};
