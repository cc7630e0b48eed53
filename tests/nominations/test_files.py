"""Photos and evidence are private: who gets them, when, and how they are sent."""

import pytest
from django.core.files.storage import default_storage

from anas.rounds import scheme as schemes
from anas.rounds import services as rounds
from nominations.models import Evidence, Nominee
from nominations.uploads import checked_evidence
from tests import cast
from tests.nominations.helpers import pdf, picture


def evidence_of(nominee: Nominee) -> Evidence:
    """As if it had been attached while the unit still could."""
    evidence = checked_evidence(nominee, pdf("Surat tugas.pdf"))
    evidence.save()
    return evidence


def played(office, stage: str, name: str) -> Nominee:
    round = cast.play(office, to=stage)
    if stage == "usulan":
        cast.propose_all(office, round)
    nominee = Nominee.objects.get(employee=office.people[name])
    nominee.photo.save("photo.jpg", picture("a.jpg"))
    return nominee


def addresses(nominee: Nominee) -> list[str]:
    base = f"/periode/{nominee.proposal.stage.round_id}/usulan"
    return [f"{base}/bukti/{evidence_of(nominee).pk}/", f"{base}/foto/{nominee.pk}/"]


READERS = ["kartika", "lina", "hadi", "wulan"]  # committee, chair, head of the office, witness


@pytest.mark.parametrize(
    ("stage", "nominee", "seen_by"),
    [
        # Agus of Sekretariat becomes a finalist, Dian of Bidang Data does not.
        ("usulan", "agus", [*READERS, "siti"]),
        ("tim", "agus", [*READERS, "siti", "maya", "nurul"]),
        ("polling", "agus", [*READERS, "siti", "maya", "nurul", "citra", "dedi", "ratna", "agus"]),
        ("polling", "dian", [*READERS, "dedi", "maya", "nurul"]),
        ("announced", "agus", [*READERS, "siti", "maya", "nurul", "citra", "dedi", "ratna", "agus"]),
    ],
)
def test_who_may_see_a_nominee_changes_with_the_stage(office, login, stage, nominee, seen_by):
    files = addresses(played(office, stage, nominee))

    for name in [*READERS, "siti", "dedi", "citra", "maya", "nurul", "ratna", "agus", "oki"]:
        expected = 200 if name in seen_by else 404
        assert [login(office.people[name]).get(file).status_code for file in files] == [expected, expected], name


def test_evidence_waits_for_the_poll_where_finalists_are_known_before_it(office, login):
    scheme = schemes.as_data(schemes.preset("anas"))
    scheme["stages"] = [scheme["stages"][place] for place in (0, 1, 3, 2)]  # the head before the poll
    round = cast.draft(office, schemes.parse(scheme))
    for step in ("usulan", "tim"):
        cast.STEPS[step](office, cast.again(round))
    cast.assess_all(office, cast.again(round))
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    rounds.advance(cast.again(round), by=office.kartika)
    nominee = Nominee.objects.get(employee=office.agus)
    nominee.photo.save("photo.jpg", picture("a.jpg"))

    assert [login(office.ratna).get(file).status_code for file in addresses(nominee)] == [404, 200]
    page = login(office.ratna).get(f"/periode/{round.pk}/usulan/finalis/")
    assert "Agus Salim melayani" not in page.content.decode()


def test_nobody_gets_a_file_without_logging_in(office, client):
    for file in addresses(played(office, "polling", "agus")):
        assert client.get(file).headers["Location"] == f"/masuk/?next={file}"


def test_evidence_is_a_download_that_cannot_run(office, login):
    file, _photo = addresses(played(office, "polling", "agus"))

    answer = login(office.ratna).get(file)

    assert b"".join(answer.streaming_content) == b"%PDF-1.4\nsurat\n%%EOF\n"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Surat tugas.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_photo_is_shown_and_kept_by_the_visitors_own_browser_alone(office, login):
    nominee = played(office, "polling", "agus")

    answer = login(office.ratna).get(nominee.photo_url)

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert "Cookie" in answer.headers["Vary"]


def test_without_a_photo_of_the_unit_the_employees_own_is_shown(office, login):
    nominee = played(office, "tim", "agus")
    nominee.photo = ""
    nominee.save()
    assert nominee.photo_url == ""
    assert login(office.siti).get(addresses(nominee)[1]).status_code == 404

    office.agus.photo.save("agus.png", picture("a.png", "PNG"))
    nominee = Nominee.objects.named(nominee.proposal.round).get(pk=nominee.pk)

    assert login(office.siti).get(nominee.photo_url).headers["Content-Type"] == "image/jpeg"


def test_another_photo_has_another_address(office):
    nominee = played(office, "tim", "agus")
    before = nominee.photo_url

    nominee.photo.save("photo.jpg", picture("b.jpg"))

    assert nominee.photo_url != before
    assert nominee.photo_url.partition("?")[0] == before.partition("?")[0]


def test_a_file_of_another_round_is_not_found_here(office, login):
    nominee = played(office, "tim", "agus")
    files = addresses(nominee)
    other = cast.play(office, to="usulan")

    for file in files:
        here = file.replace(f"/periode/{nominee.proposal.stage.round_id}/", f"/periode/{other.pk}/")
        assert [login(office.kartika).get(address).status_code for address in (file, here)] == [200, 404]


def test_a_made_up_number_is_not_found(office, login):
    round = cast.play(office, to="polling")
    client = login(office.kartika)

    for number in ("0", "999999", "9" * 40):
        assert client.get(f"/periode/{round.pk}/usulan/bukti/{number}/").status_code == 404
        assert client.get(f"/periode/{round.pk}/usulan/foto/{number}/").status_code == 404


def test_a_file_that_is_missing_on_the_disk_is_not_found(office, login):
    nominee = played(office, "tim", "agus")
    files = addresses(nominee)
    default_storage.delete(nominee.photo.name)
    default_storage.delete(nominee.evidence.get().file.name)

    assert [login(office.siti).get(file).status_code for file in files] == [404, 404]


def test_files_are_not_to_be_had_at_the_address_of_the_storage(office, login):
    nominee = played(office, "tim", "agus")

    assert login(office.kartika).get(f"/{nominee.photo.name}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_files_are_only_read(office, login, method):
    for file in addresses(played(office, "tim", "agus")):
        assert getattr(login(office.siti), method)(file).status_code == 405
