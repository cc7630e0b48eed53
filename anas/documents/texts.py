"""The words of a decree that the committee may change, and what stands there before it does."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from anas.documents import words
from anas.documents.letterheads import region
from anas.documents.models import Letterhead
from anas.rounds.models import Round

STATE_GAZETTE = "Lembaran Negara Republik Indonesia Tahun {year} Nomor {number}"
ADDENDUM = "Tambahan Lembaran Negara Republik Indonesia Nomor {number}"


def _law(name: str, year: int, number: int, addendum: int) -> str:
    gazette = STATE_GAZETTE.format(year=year, number=number)
    return f"{name} ({gazette}, {ADDENDUM.format(number=addendum)});"


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


@dataclass(frozen=True)
class DecreeTexts:
    """Lists hold one item per point, without its letter or number."""

    title: str
    considering: list[str]  # Menimbang
    basis: list[str]  # Mengingat
    noting: list[str] = field(default_factory=list)  # Memperhatikan
    rulings: list[str] = field(default_factory=list)  # KESATU, KEDUA, …
    copies: list[str] = field(default_factory=list)  # Tembusan

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def default_texts(round: Round, letterhead: Letterhead, *, when: date) -> DecreeTexts:
    """A decree that could be signed as it stands; `when` says which year's budget pays."""
    award = f"{round.scheme.title} {round}"
    office = _office_in_region(letterhead)
    title = f"Penetapan {award} di Lingkungan {office}"
    return DecreeTexts(
        title=title,
        considering=_considering(round, letterhead, title),
        basis=list(BASIS),
        rulings=_rulings(award, office, when),
        copies=_copies(region(letterhead)),
    )


def _office_in_region(letterhead: Letterhead) -> str:
    area = region(letterhead)
    return letterhead.office if area in letterhead.office else f"{letterhead.office} {area}"


def _considering(round: Round, letterhead: Letterhead, title: str) -> list[str]:
    stages = words.enumeration([words.lowered(spec.name) for spec in round.scheme.stages])
    return [
        "bahwa untuk meningkatkan kinerja pegawai dan kualitas pelayanan publik, perlu memberikan penghargaan kepada"
        f" {words.lowered(round.scheme.title)};",
        f"bahwa berdasarkan hasil {round} yang dilaksanakan melalui {stages}, telah diperoleh pegawai dengan nilai"
        " akhir tertinggi pada setiap klasifikasi;",
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan"
        f" {letterhead.head_title} tentang {title};",
    ]


def _rulings(award: str, office: str, when: date) -> list[str]:
    return [
        f"Menetapkan {award} di lingkungan {office} sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak"
        " terpisahkan dari Keputusan ini.",
        "Kepada pegawai sebagaimana dimaksud dalam Diktum KESATU diberikan piagam penghargaan dan penghargaan bentuk"
        " lain sesuai dengan ketentuan peraturan perundang-undangan.",
        "Segala biaya yang timbul sebagai akibat ditetapkannya Keputusan ini dibebankan pada Dokumen Pelaksanaan"
        f" Anggaran {office} Tahun Anggaran {when.year}.",
        "Keputusan ini mulai berlaku pada tanggal ditetapkan, dengan ketentuan apabila di kemudian hari terdapat"
        " kekeliruan akan diadakan perbaikan sebagaimana mestinya.",
    ]


def _copies(area: str) -> list[str]:
    return [
        f"Inspektur {area};",
        f"Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia {area};",
        "Yang bersangkutan.",
    ]
