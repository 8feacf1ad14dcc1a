import { filesRefusalsId } from "./files-refusals-id";
import { refusalsAccountId } from "./refusals-account-id";
import { refusalsPeopleId } from "./refusals-people-id";

/**
 * Bahasa Indonesia for what verbs refuse with. The English sentence, as its verb throws it, is the key; {places} are
 * what differs each time. A test reads the sources for sentences that are missing here.
 */
export const refusalsId: Record<string, string> = {
  ...filesRefusalsId,
  ...refusalsAccountId,
  ...refusalsPeopleId,
  "Sign in first.": "Masuk dahulu.",
  "You are not allowed to do that.": "Anda tidak berhak melakukan itu.",
  "There is no such chat.": "Percakapan itu tidak ada.",
  "That was too often. Wait a moment and try again.": "Terlalu sering. Tunggu sebentar, lalu coba lagi.",
  "Very busy at the moment. Your text is kept: try again shortly.":
    "Sedang sangat sibuk. Teks Anda tersimpan: coba lagi sebentar lagi.",
  "Something went wrong here. Try again.": "Terjadi kesalahan di sini. Coba lagi.",
  "That is not valid.": "Itu tidak sah.",
  "Start a chat first.": "Mulai percakapan dahulu.",
  "This is open to nobody yet: it has no row in app/auth/permissions.ts.":
    "Ini belum terbuka untuk siapa pun: belum ada barisnya di app/auth/permissions.ts.",
  "There is no such call.": "Panggilan itu tidak ada.",
  "The body is not JSON.": "Isinya bukan JSON.",
  "There is no such event here.": "Peristiwa itu tidak ada di sini.",
  "A frame is JSON: { event, data, requestId? }.": "Sebuah bingkai adalah JSON: { event, data, requestId? }.",

  "Write your username.": "Tulis nama pengguna Anda.",
  "That is too long for a username.": "Itu terlalu panjang untuk nama pengguna.",
  "Write your password.": "Tulis kata sandi Anda.",
  "That is too long for a password.": "Itu terlalu panjang untuk kata sandi.",
  "That username and password do not match.": "Nama pengguna dan kata sandi tidak cocok.",
  "Your sign-in has ended. Sign in again.": "Sesi masuk Anda telah berakhir. Masuk lagi.",
  "That password is too long.": "Kata sandi itu terlalu panjang.",
  "At most {count} bytes.": "Paling banyak {count} bita.",

  "Write a message first.": "Tulis pesan dahulu.",
  "Write a note first.": "Tulis catatan dahulu.",
  "Write something, or take the message back.": "Tulis sesuatu, atau tarik kembali pesannya.",
  "That is too long: at most {count} characters.": "Terlalu panjang: paling banyak {count} karakter.",
  "Write a label first.": "Tulis label dahulu.",
  "Say which chat: sessionId is missing.": "Sebutkan percakapannya: sessionId tidak ada.",
  "This chat has ended.": "Percakapan ini telah berakhir.",
  "This chat has ended. Your text is kept.": "Percakapan ini telah berakhir. Teks Anda tersimpan.",
  "A colleague answered meanwhile. Your text is kept: read their answer first.":
    "Rekan kerja sudah menjawab. Teks Anda tersimpan: baca jawabannya dahulu.",
  "There is no such message of yours.": "Pesan Anda itu tidak ada.",
  "This message was taken back.": "Pesan ini telah ditarik kembali.",
  "A message can be changed for five minutes; this one is older.":
    "Pesan dapat diubah selama lima menit; yang ini lebih lama.",
  "You have no open chat.": "Anda tidak punya percakapan terbuka.",
  "You have no open chat. Start one first.": "Anda tidak punya percakapan terbuka. Mulai satu dahulu.",
  "You have no chat yet. Start one first.": "Anda belum punya percakapan. Mulai satu dahulu.",
  "We cannot take your chat at the moment.": "Saat ini kami tidak dapat menerima percakapan Anda.",
  "Write it as name@example.com.": "Tulis seperti nama@contoh.com.",
  "Write it as name@example.com, or leave it out.": "Tulis seperti nama@contoh.com, atau kosongkan.",
  "Choose one to five stars.": "Pilih satu sampai lima bintang.",
  "You can rate this chat once it has ended.": "Percakapan ini dapat dinilai setelah berakhir.",
  "You have rated this chat already. Thank you.": "Anda sudah menilai percakapan ini. Terima kasih.",

  "{name} took this chat.": "{name} sudah mengambil percakapan ini.",
  "You already have {load} of {max} chats.": "Anda sudah memegang {load} dari {max} percakapan.",
  "This chat is not active any more.": "Percakapan ini sudah tidak aktif.",
  "Choose a colleague.": "Pilih rekan kerja.",
  "Choose a colleague, not yourself.": "Pilih rekan kerja, bukan diri sendiri.",
  "There is no such colleague.": "Rekan kerja itu tidak ada.",
  "{name} has this chat already.": "{name} sudah memegang percakapan ini.",
  "{name} already has {load} of {max} chats.": "{name} sudah memegang {load} dari {max} percakapan.",
  "{name} is offline.": "{name} sedang luring.",
  "{name} is busy.": "{name} sedang sibuk.",
  "{name} is away from the desk.": "{name} sedang tidak di meja.",
  "This chat is not yours to hand over any more.": "Percakapan ini bukan lagi milik Anda untuk diserahkan.",
  "Only admins assign chats to others.": "Hanya admin yang menyerahkan percakapan kepada orang lain.",
  "Choose an agent.": "Pilih agen.",

  "Write true or false.": "Tulis true atau false.",
  "Write a whole number from {low} to {high}.": "Tulis bilangan bulat dari {low} sampai {high}.",
  "Write a time zone, as in Europe/Berlin.": "Tulis zona waktu, seperti Asia/Jakarta.",
  "Choose one of the languages.": "Pilih salah satu bahasa.",
  "Only admins change settings.": "Hanya admin yang mengubah pengaturan.",
  "Letters, digits, - and _, as in order-status.": "Huruf, angka, - dan _, seperti status-pesanan.",
  "Write a title.": "Tulis judul.",
  "Write the reply.": "Tulis balasannya.",
  "Only admins share replies.": "Hanya admin yang membagikan balasan.",
  "This shortcut is taken.": "Singkatan ini sudah dipakai.",
  "/{shortcut} is taken.": "/{shortcut} sudah dipakai.",
  "There is no such reply of yours.": "Balasan Anda itu tidak ada.",
};
