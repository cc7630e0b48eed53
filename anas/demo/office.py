"""The demo office as data: Pemerintah Kota Batu with its licensing office. Everybody in it is invented, and so are the
numbers: they have the right shape, and run from 901 where real ones begin with 001."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT, OFFICE = "kota-batu-demo", "dpmptsp"
PASSWORD = "batu-demo"  # noqa: S105 (everybody's, and printed for everybody)
ADMINISTRATOR = "admin"


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    parent: str = ""
    head: str = ""
    head_title: str = ""


PLACES = [
    Place(ROOT, "Pemerintah Kota Batu", head_title="Wali Kota"),
    Place(
        OFFICE,
        "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        ROOT,
        "Retno Palupi Handayani",
        "Kepala Dinas",
    ),
    Place("sekretariat", "Sekretariat", OFFICE, "Sugeng Hariyanto", "Sekretaris"),
    Place("perizinan", "Bidang Pelayanan Perizinan", OFFICE, "Endang Kristiani", "Kepala Bidang"),
    Place("modal", "Bidang Penanaman Modal", OFFICE, "Didik Supriyanto", "Kepala Bidang"),
    Place(
        "pengaduan", "Bidang Pengaduan, Kebijakan dan Pelaporan Layanan", OFFICE, "Wulan Kartikasari", "Kepala Bidang"
    ),
    Place("inspektorat", "Inspektorat Daerah", ROOT, "Sulistyo Hadi", "Inspektur"),
]
LETTERHEAD = {
    "address": "Jalan Contoh Nomor 1, Batu 65300",
    "phone": "(0341) 555-0100",
    "email": "dpmptsp@kotabatu.example",
    "website": "dpmptsp.kotabatu.example",
}
COMMITTEE = "Yuliana Kusumaningrum"
WITNESS = "Anggraini Puspaningtyas"
CHAIR = "Wahyu Widodo"
TEAM = ["Endah Sulistyowati", "Hendra Wibisono", "I Gede Suardana", "Titik Purwaningsih"]
EMPLOYEE = "Ayu Larasati"
UNIT_HEAD = "Endang Kristiani"
HEAD = "Retno Palupi Handayani"


@dataclass(frozen=True)
class Person:
    """One line of people.csv; `appointed` is a year and a month, or a year for all but PNS and CPNS."""

    unit: str
    before: str
    name: str
    after: str
    born: str
    appointed: str
    sex: str
    status: str
    grade: str
    position: str
    classification: str
    line: int

    @property
    def number(self) -> str:
        """NIP, NI PPPK, or for Non-ASN a number such as an office gives."""
        if self.status == "non-asn":
            return f"NA-{self.appointed}-{self.line:03d}"
        appointed = self.appointed if len(self.appointed) == 6 else f"{self.appointed}21"
        return f"{self.born.replace('-', '')}{appointed}{self.sex}{900 + self.line}"


@cache
def people() -> dict[str, Person]:
    """Everybody by name, in the order of the file."""
    with Path(__file__).with_name("people.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter=";")
        return {row["name"]: Person(**row, line=line) for line, row in enumerate(lines, 1)}
