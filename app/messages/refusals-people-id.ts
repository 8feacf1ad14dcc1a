/** What refuses who looks after people, labels, replies, settings and the log. */
export const refusalsPeopleId: Record<string, string> = {
  "Only admins read the log.": "Hanya admin yang membaca catatan.",
  "Only admins see the staff.": "Hanya admin yang melihat staf.",
  "Only admins change the staff.": "Hanya admin yang mengubah staf.",
  "There is no such person.": "Orang itu tidak ada.",
  "Nobody takes their own admin role.": "Tidak ada yang mengambil peran adminnya sendiri.",
  "Ask another admin to take your admin role.": "Minta admin lain mengambil peran admin Anda.",
  "That username is taken.": "Nama pengguna itu sudah dipakai.",
  "{username} is taken.": "{username} sudah dipakai.",
  "You cannot disable your own account. Ask another admin.":
    "Anda tidak dapat menonaktifkan akun sendiri. Minta admin lain.",
  "Enable the account first.": "Aktifkan akunnya dahulu.",
  "The two are not the same.": "Keduanya tidak sama.",
  "At most {count} characters.": "Paling banyak {count} karakter.",
  "This link has been used, or is older than a day. Ask an admin for a new one.":
    "Tautan ini sudah dipakai, atau lebih lama dari sehari. Minta yang baru kepada admin.",
  "This link has been used. Ask an admin for a new one.": "Tautan ini sudah dipakai. Minta yang baru kepada admin.",
  "Write a name.": "Tulis nama.",
  "1 to 40 letters a to z, digits, dots, - and _; a letter or digit first.":
    "1 sampai 40 huruf a sampai z, angka, titik, - dan _; huruf atau angka di depan.",
  "Choose a role.": "Pilih peran.",
  "Write a whole number from {low} to {high}, or leave it empty.":
    "Tulis bilangan bulat dari {low} sampai {high}, atau kosongkan.",
  "Write an address that begins with https:// or http://.": "Tulis alamat yang diawali https:// atau http://.",
  "That picture is larger than 4 MB.": "Gambar itu lebih besar dari 4 MB.",
  "At most 4 MB.": "Paling banyak 4 MB.",
  "That is not a picture that we can read: send a JPEG, PNG, WebP or GIF.":
    "Itu bukan gambar yang dapat kami baca: kirim JPEG, PNG, WebP atau GIF.",
  "Write the day as 2026-11-23.": "Tulis harinya seperti 2026-11-23.",
  "There is no such day.": "Hari itu tidak ada.",
  "Write an action as in user.disabled.": "Tulis tindakan seperti user.disabled.",
  "Only admins look after labels.": "Hanya admin yang mengurus label.",
  "Choose one of the colours.": "Pilih salah satu warna.",
  "Choose another label to merge with.": "Pilih label lain untuk digabungkan.",
  "There is no such label.": "Label itu tidak ada.",
  "There is a label of that name.": "Sudah ada label dengan nama itu.",
  'There is a label "{name}" already: merge with it.': 'Sudah ada label "{name}": gabungkan dengannya.',
  "Only admins look after shared replies.": "Hanya admin yang mengurus balasan bersama.",
  "Choose a file, or paste lines.": "Pilih berkas, atau tempelkan baris.",
  "Line {line}: {message}": "Baris {line}: {message}",
  "At most {count} replies at a time.": "Paling banyak {count} balasan sekaligus.",
  "That is not CSV: {why}.": "Itu bukan CSV: {why}.",
  "The first line must name the columns; missing: {names}.":
    "Baris pertama harus menyebut kolomnya; yang tidak ada: {names}.",
  "shortcut: /{shortcut} stands in line {line} already.": "shortcut: /{shortcut} sudah ada di baris {line}.",
  "That file is larger than 4 MB.": "Berkas itu lebih besar dari 4 MB.",
};
