"""What stands in a decree where an office has not set texts of its own. One string per point; the fields in braces are
filled in for each round."""

FIELDS = ("penghargaan", "penerima", "periode", "tahapan", "judul", "jabatan", "kantor", "daerah", "tahun")

STATE_GAZETTE = "Lembaran Negara Republik Indonesia Tahun {year} Nomor {number}"
ADDENDUM = "Tambahan Lembaran Negara Republik Indonesia Nomor {number}"


def _law(name: str, year: int, number: int, addendum: int) -> str:
    gazette = STATE_GAZETTE.format(year=year, number=number)
    return f"{name} ({gazette}, {ADDENDUM.format(number=addendum)});"


CONSIDERING = [
    "bahwa untuk meningkatkan kinerja pegawai dan kualitas pelayanan publik, perlu memberikan penghargaan kepada"
    " {penerima};",
    "bahwa berdasarkan hasil {periode} yang dilaksanakan melalui {tahapan}, telah diperoleh pegawai dengan nilai akhir"
    " tertinggi pada setiap klasifikasi;",
    "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan"
    " {jabatan} tentang {judul};",
]
BASIS = [
    _law("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik", 2009, 112, 5038),
    _law("Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah", 2014, 244, 5587).rstrip(";")
    + " sebagaimana telah beberapa kali diubah, terakhir dengan "
    + _law(
        "Undang-Undang Nomor 6 Tahun 2023 tentang Penetapan Peraturan Pemerintah Pengganti Undang-Undang"
        " Nomor 2 Tahun 2022 tentang Cipta Kerja menjadi Undang-Undang",
        2023,
        41,
        6856,
    ),
    _law("Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara", 2023, 141, 6897),
    _law(
        "Peraturan Pemerintah Nomor 96 Tahun 2012 tentang Pelaksanaan Undang-Undang Nomor 25 Tahun 2009"
        " tentang Pelayanan Publik",
        2012,
        215,
        5357,
    ),
    _law("Peraturan Pemerintah Nomor 30 Tahun 2019 tentang Penilaian Kinerja Pegawai Negeri Sipil", 2019, 77, 6340),
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 6 Tahun 2022 tentang Pengelolaan"
    " Kinerja Pegawai Aparatur Sipil Negara;",
]
RULINGS = [
    "Menetapkan {penghargaan} di lingkungan {kantor} sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak"
    " terpisahkan dari Keputusan ini.",
    "Kepada pegawai sebagaimana dimaksud dalam Diktum KESATU diberikan piagam penghargaan dan penghargaan bentuk lain"
    " sesuai dengan ketentuan peraturan perundang-undangan.",
    "Segala biaya yang timbul sebagai akibat ditetapkannya Keputusan ini dibebankan pada Dokumen Pelaksanaan Anggaran"
    " {kantor} Tahun Anggaran {tahun}.",
    "Keputusan ini mulai berlaku pada tanggal ditetapkan, dengan ketentuan apabila di kemudian hari terdapat"
    " kekeliruan akan diadakan perbaikan sebagaimana mestinya.",
]
COPIES = [
    "Inspektur {daerah};",
    "Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia {daerah};",
    "Yang bersangkutan.",
]

# The names are those of the points of a decree (`texts.DecreeTexts`).
TEXTS = {"considering": CONSIDERING, "basis": BASIS, "noting": [], "rulings": RULINGS, "copies": COPIES}
