/** Bahasa Indonesia for what files are refused with. */
export const filesRefusalsId: Record<string, string> = {
  "Files of this kind are not taken here. Taken are: {list}.":
    "Berkas jenis ini tidak diterima. Yang diterima: {list}.",
  "What is in this file is not what .{extension} says it is.": "Isi berkas ini tidak sesuai dengan .{extension}.",
  "This file is too large: at most {size}.": "Berkas ini terlalu besar: paling besar {size}.",
  "This file is empty.": "Berkas ini kosong.",
  "This picture is too large: at most {count} million pixels.":
    "Gambar ini terlalu besar: paling banyak {count} juta piksel.",
  "This picture cannot be read. Open it and save it again, then try once more.":
    "Gambar ini tidak dapat dibaca. Buka dan simpan lagi, lalu coba sekali lagi.",
  "This file was refused: the virus scanner found something in it.":
    "Berkas ini ditolak: pemindai virus menemukan sesuatu di dalamnya.",
  "Files cannot be checked at the moment. Your text is kept: try the file later.":
    "Berkas tidak dapat diperiksa saat ini. Teks Anda tersimpan: coba berkasnya nanti.",
  "Files cannot be stored at the moment. Your text is kept: send it, or try the file again later.":
    "Berkas tidak dapat disimpan saat ini. Teks Anda tersimpan: kirim teksnya, atau coba berkasnya lagi nanti.",
  "There is no room for more files at the moment.": "Saat ini tidak ada ruang untuk berkas lagi.",
  "There is no such file.": "Berkas itu tidak ada.",
  "There is no such file of yours.": "Berkas Anda itu tidak ada.",
  "There is no file in it.": "Tidak ada berkas di dalamnya.",
  "Send the file as multipart/form-data.": "Kirim berkasnya sebagai multipart/form-data.",
  "Send it as multipart/form-data.": "Kirim sebagai multipart/form-data.",
  "The form cannot be read.": "Formulir itu tidak dapat dibaca.",
  "The form ends too early.": "Formulir itu berakhir terlalu awal.",
  "Nothing came for too long.": "Terlalu lama tidak ada yang datang.",
  "That is too much at once: at most {size}.": "Terlalu banyak sekaligus: paling banyak {size}.",
  "At most {count} files go with one message.": "Paling banyak {count} berkas dalam satu pesan.",
  "A file is no longer there. Your text is kept: attach the file again.":
    "Sebuah berkas sudah tidak ada. Teks Anda tersimpan: lampirkan lagi berkasnya.",
  "A note takes no files. Send them to the customer, or take them out.":
    "Catatan tidak memuat berkas. Kirim ke pelanggan, atau keluarkan berkasnya.",
  "Write some of: {list}.": "Tulis beberapa dari: {list}.",
  "Write refuse or allow.": "Tulis refuse atau allow.",
};
