"""What a document says, frozen: plain data from which alone it is rendered. No number is computed here; scores come
from `scoring.results` as they are."""

import base64
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from anas.documents import words
from anas.documents.letterheads import FONTS, PAPERS, code_of, letterhead_for
from anas.documents.models import Document, Letterhead
from anas.documents.texts import DecreeTexts
from anas.documents.wording import BASIS
from anas.people.models import Deputy, Employee, Unit
from anas.rounds.models import Round
from scoring import results

CERTIFICATE, MINUTES = "Piagam Penghargaan", "Berita Acara"
NAMES = {  # of the papers that are replaced by a sentence of their own: short, and in full
    Document.Kind.CERTIFICATE: ("Piagam", CERTIFICATE),
    Document.Kind.ANNOUNCEMENT: ("Pengumuman", "Pengumuman"),
    Document.Kind.POSTER: ("Poster", "Poster Pengumuman"),
    Document.Kind.RECAP: ("Rekapitulasi", "Rekapitulasi Nilai"),
}
ACTING = {Deputy.Kind.PLT: "Plt. ", Deputy.Kind.PLH: "Plh. ", Deputy.Kind.DELEGATE: "a.n. "}


def decree(round: Round, *, texts: DecreeTexts, number: str, when: date | None, code: str, link: str) -> dict[str, Any]:
    """Everything that stands in the Keputusan and its Lampiran."""
    return {
        **common(round, number=number, when=when, code=code, link=link),
        "signatory": signatory(round, letterhead_for(round.scope)),
        "title": texts.title,
        "texts": texts.as_data(),
        "winners": [winner(round, row) for row in results.winners(round)],
        "rules": rules_in_words(round),
    }


def certificate(
    round: Round, row: results.Row, *, number: str, when: date, decree: dict[str, str], code: str, link: str
) -> dict[str, Any]:
    """Everything that stands in the Piagam of one winner or finalist; `decree`: the number and day of the Keputusan."""
    return {
        **common(round, number=number, when=when, code=code, link=link),
        "signatory": signatory(round, letterhead_for(round.scope)),
        "title": f"{CERTIFICATE} {'' if row.standing.is_winner else 'Finalis '}{round.scheme.title} {round}",
        "is_for_finalist": not row.standing.is_winner,
        "winner": winner(round, row),
        "decree": decree,
    }


def named_decree(decree: dict[str, Any]) -> dict[str, str]:
    """How a paper names the Keputusan that it rests on, from what is frozen of that."""
    return {
        "number": decree["number"],
        "title": decree["letterhead"]["head_title"],
        "date": decree["date"],
        "about": decree["title"],
    }


def replaced(document: Document) -> dict[str, str]:
    """How a document names the one that it supersedes, and the sentence in it that says so."""
    old = document.data
    named = f"Nomor {document.number} tanggal {old['date']}"
    if document.is_decree:
        gone = f"Keputusan {old['letterhead']['head_title']} {named} tentang {document.title}"
        sentence = f"Dengan ditetapkannya Keputusan ini, {gone} dicabut dan dinyatakan tidak berlaku."
    else:
        own, full = (MINUTES, f"{MINUTES} {old['act']}") if document.is_minutes else NAMES[document.kind]
        sentence = f"{own} ini menggantikan {full} {named}, yang dinyatakan tidak berlaku."
    return {"number": document.number, "date": old["date"], "sentence": sentence}


def common(round: Round, *, number: str, when: date | None, code: str, link: str) -> dict[str, Any]:
    """What stands in every document of a round."""
    return {
        "letterhead": letterhead_facts(letterhead_for(round.scope)),
        "number": number,
        "date": words.day(when) if when else "",
        "iso_date": when.isoformat() if when else "",
        "award": round.scheme.title,
        "scheme": round.scheme.name,
        "round": round.name,
        "scheme_hash": round.scheme_hash,
        "code": code,
        "link": link,
        **({"rehearsal": Round.MARK} if round.is_rehearsal else {}),
    }


def letterhead_facts(letterhead: Letterhead) -> dict[str, Any]:
    """The letterhead with its crest, so that a document does not change when the office's settings do."""
    width, height = PAPERS[letterhead.paper]
    names = ("government", "office", "head_title", "address", "phone", "email", "website", "place")
    return {
        **{name: getattr(letterhead, name) for name in names},
        "crest": base64.b64encode(bytes(letterhead.crest.png)).decode() if letterhead.crest else "",
        "paper": {"width": width, "height": height},
        "font": {"family": FONTS[letterhead.font], "size": letterhead.font_size},
        "margins": {side: getattr(letterhead, f"margin_{side}") for side in ("top", "right", "bottom", "left")},
    }


def person(employee: Employee) -> dict[str, str]:
    """As an official paper shows somebody. Only civil servants' numbers are printed, never an NIK or an own number."""
    is_asn = employee.status != Employee.Status.NON_ASN
    return {
        "name": employee.full_name,
        "number": words.personal_number(employee.number) if is_asn else "",
        "rank": employee.rank,
        "rank_and_grade": employee.rank_and_grade,
        "position": employee.position,
    }


def winner(round: Round, row: results.Row) -> dict[str, str]:
    nominee = row.nominee
    return {
        **person(nominee.employee),
        "unit": str(nominee.unit),
        "classification": round.scheme.classification(nominee.classification).name,
        "score": words.score(row.final),
        "score_in_words": words.score_in_words(row.final),
    }


def signatory(round: Round, letterhead: Letterhead) -> dict[str, str]:
    """Who approved the result signs: the head, or the deputy of that day with Plt., Plh. or a.n. before the title.
    Rank and NIP stand below the name where the letterhead has them."""
    signer = round.approved_by or round.scope.head
    facts = {"acting": "", "title": letterhead.head_title, "own_title": ""}
    if signer is None:
        return {**facts, "name": "", "number": "", "rank": ""}
    if signer.pk != round.scope.head_id:
        kind = _deputy_kind(round, signer)
        facts["acting"] = ACTING.get(kind, "")
        facts["own_title"] = signer.position if kind == Deputy.Kind.DELEGATE else ""
    return facts | signature(signer, letterhead)


def signature(signer: Employee, letterhead: Letterhead) -> dict[str, str]:
    """What stands below the signature."""
    shown = person(signer)
    return {
        "name": shown["name"],
        "number": shown["number"] if letterhead.shows_nip else "",
        "rank": shown["rank"] if letterhead.shows_rank else "",
    }


def _deputy_kind(round: Round, signer: Employee) -> str | None:
    on = timezone.localdate(round.approved_at)
    deputies = round.scope.deputies.filter(employee=signer, starts__lte=on, ends__gte=on)
    return deputies.values_list("kind", flat=True).first()


def rules_in_words(round: Round) -> list[str]:
    """How the result came about, for the small print of the Lampiran: DOMAIN section 2 in four sentences."""
    scheme = round.scheme
    parts = ", ".join(f"{spec.name} {spec.weight.normalize():f}%" for spec in scheme.stages)
    ties = " → ".join(scheme.stage(code).name for code in scheme.tie_break)
    rules = [
        f"Nilai akhir adalah jumlah nilai tertimbang (bobot × nilai : 100) dari: {parts}.",
        "Setiap nilai dihitung sampai dua desimal; setengah perseratus atau lebih dibulatkan ke atas.",
    ]
    if any(spec.kind == "poll" for spec in scheme.stages):
        rules.append("Nilai polling = 100 × suara yang diperoleh : suara sah klasifikasi itu; abstain bukan suara sah.")
    decided = "diputuskan dengan alasan tertulis oleh pejabat yang berwenang dan dicatat"
    rules.append(
        f"Nilai yang sama dibandingkan berurutan menurut nilai {ties}; bila tetap sama, {decided}."
        if ties
        else f"Nilai yang sama {decided}."
    )
    return rules


def sample(unit: Unit, when: date, *, letterhead: Letterhead | None = None) -> dict[str, Any]:
    """A decree with invented contents, to look at a letterhead: that of the unit, or another one for it."""
    letterhead = letterhead or letterhead_for(unit)
    title = "Contoh Tata Letak Keputusan dengan Judul yang Panjangnya Beberapa Baris"
    point = "bahwa contoh ini memperlihatkan kop naskah, ukuran kertas, margin, dan huruf yang dipakai;"
    texts = DecreeTexts(title, considering=[point, point], basis=[BASIS[0]], rulings=[point.capitalize()])
    shown = {"name": "Nama Pegawai, S.E., M.M.", "number": "", "rank": "Pangkat", "rank_and_grade": "Pangkat, Gol."}
    row = {"position": "Jabatan", "unit": "Unit Kerja", "classification": "Klasifikasi"}
    number = words.fill_number(letterhead.decree_number, number=1, code=code_of(unit), when=when)
    return {
        "letterhead": letterhead_facts(letterhead),
        "number": number,
        "date": words.day(when),
        "iso_date": when.isoformat(),
        "title": title,
        "texts": texts.as_data(),
        "award": "Penerima Penghargaan",
        "scheme": "Contoh",
        "round": str(when.year),
        "scheme_hash": "",
        "rules": [],
        "winners": [{**shown, **row, "score": "66,93", "score_in_words": words.score_in_words(Decimal("66.93"))}],
        "signatory": {**shown, "acting": "", "title": letterhead.head_title, "own_title": ""},
        "code": "",
        "link": "-",
    }
