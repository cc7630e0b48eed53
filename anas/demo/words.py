"""What the demo's unit heads write about those whom they propose. Data, Indonesian by itself."""

REASONS = {
    "eselon4": [
        "Menata ulang pembagian tugas timnya sehingga rata-rata waktu layanan turun dari lima menjadi tiga hari kerja.",
        "Selalu turun tangan sendiri saat antrean menumpuk, dan tidak pernah menyalahkan anak buah.",
        "Menyusun panduan layanan yang kini dipakai seluruh loket; pertanyaan pemohon jauh berkurang.",
        "Membimbing dua pegawai baru sampai mandiri, tanpa satu pun target triwulan yang meleset.",
        "Menjawab setiap pengaduan yang sampai ke mejanya pada hari yang sama, lengkap dengan tindak lanjutnya.",
        "Merintis rapat singkat setiap pagi; masalah lintas bidang selesai sebelum menjadi keluhan.",
    ],
    "pns": [
        "Tidak pernah meninggalkan berkas tertunda, dan hampir tidak pernah keliru memeriksa.",
        "Sabar menjelaskan persyaratan kepada pemohon lanjut usia; namanya paling sering disebut di kotak saran.",
        "Membuat lembar periksa sederhana yang memangkas kesalahan input hingga separuhnya.",
        "Bersedia menggantikan rekan yang cuti tanpa diminta, dan pekerjaannya sendiri tetap selesai tepat waktu.",
        "Hadir tepat waktu setiap hari selama triwulan ini, dan selalu rapi serta ramah.",
        "Merapikan arsip tiga tahun terakhir sehingga dokumen apa pun ditemukan dalam hitungan menit.",
    ],
    "nonasn": [
        "Selalu datang paling awal dan memastikan ruang layanan siap sebelum pemohon pertama tiba.",
        "Menyapa setiap tamu dengan senyum dan mengantar mereka sampai ke meja yang tepat.",
        "Tidak pernah menerima keluhan sepanjang tahun ini, padahal bertugas di tempat yang paling ramai.",
        "Cekatan mencari jalan keluar ketika jaringan terganggu, sehingga layanan tidak pernah berhenti lama.",
        "Menemukan dan mengembalikan dompet pengunjung yang tertinggal, lengkap dengan isinya.",
        "Mengerjakan tugasnya tanpa perlu diingatkan, dan ringan tangan membantu siapa saja.",
    ],
}
