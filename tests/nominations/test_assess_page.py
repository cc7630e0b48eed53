"""The page on which one person is assessed: nothing typed is lost, and what is wrong is said at its place."""

import pytest

from anas.people.models import Employee
from nominations import services
from nominations.models import Evidence, Nominee, Proposal
from tests.nominations.helpers import as_form, assessed, named, pdf, picture, sent, text, url


def test_opening_the_page_keeps_nothing(office, address, login):
    assert login(office.bambang).get(address).status_code == 200
    assert not Nominee.objects.exists()


def test_saving_leads_back_to_the_classification(office, proposal, address, login):
    answer = login(office.bambang).post(address, as_form(proposal))

    assert answer.headers["Location"] == f"{url(proposal)}#klasifikasi-pns"
    assert (Nominee.objects.get().slot, Nominee.objects.get().reason) == (None, "Ramah.")


def test_saving_and_naming_in_one_go(office, proposal, address, login):
    login(office.bambang).post(address, as_form(proposal, name="1"))

    assert Nominee.objects.get().slot == 1


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("typed", "kept"), [("87,5", "87.50"), ("87.5", "87.50"), (" 90 ", "90.00"), ("0", "0.00")])
def test_scores_are_taken_with_comma_and_point(office, proposal, address, login, settings, language, typed, kept):
    settings.LANGUAGE_CODE = language
    client = login(office.bambang)
    client.post(address, {"score-kehadiran": typed, "score-komplain": "0", "reason": ""})

    assert Nominee.objects.get().scores == {"kehadiran": kept, "komplain": "0.00"}
    fields = client.get(address).context["assessment"].scores
    shown = {"87.50": "87.5", "90.00": "90", "0.00": "0"}[kept]
    assert (str(fields.initial["kehadiran"]), fields.initial["komplain"]) == (shown, "0")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("101", "Ensure this value is less than or equal to 100."),
        ("-1", "Ensure this value is greater than or equal to 0."),
        ("80.555", "Ensure that there are no more than 2 decimal places."),
        ("baik", "Enter a number."),
        ("NaN", "Enter a number."),
        ("1e400", "Ensure this value is less than or equal to 100."),
        ("9" * 5000, "Ensure this value is less than or equal to 100."),
    ],
)
def test_a_wrong_score_is_said_at_its_field_and_the_rest_is_kept(office, proposal, address, login, typed, words):
    form = {**as_form(proposal, name="1"), "score-kinerja": typed}

    page = login(office.bambang).post(address, form)

    assert page.status_code == 200
    assert words in page.context["assessment"].errors["score-kinerja"]
    assert f'value="{typed}"' in page.content.decode()
    assert "kinerja" not in Nominee.objects.get().scores
    assert (Nominee.objects.get().scores["kehadiran"], Nominee.objects.get().slot) == ("80.00", None)


def test_a_made_up_answer_to_yes_or_no_is_said_at_its_field(office, proposal, address, login):
    page = login(office.bambang).post(address, {**as_form(proposal), "score-komplain": "50"})

    assert "score-komplain" in page.context["assessment"].errors


def test_a_reason_that_is_too_long_does_not_wipe_the_one_before(office, proposal, address, login):
    assessed(proposal, office.bayu, reason="Ramah.")

    page = login(office.bambang).post(address, as_form(proposal, reason="x" * 2001))

    assert "x" * 2001 in page.content.decode()
    assert Nominee.objects.get().reason == "Ramah."


def test_what_a_nominee_lacks_is_said_and_nothing_is_lost(office, proposal, address, login):
    form = as_form(proposal, reason="", name="1")
    del form["score-komplain"]

    page = login(office.bambang).post(address, form)

    assert page.context["assessment"].reasons == [
        "Bayu Pratama: no score yet for Tidak pernah menerima komplain dari pengguna layanan.",
        "Bayu Pratama: the reason for the proposal is missing.",
    ]
    assert Nominee.objects.get().scores["kinerja"] == "80.00"


def test_a_full_slot_is_said_and_the_scores_are_kept(office, proposal, login):
    Employee.objects.filter(pk=office.ratna.pk).update(unit=proposal.unit, classification="pns")
    named(proposal, office.bayu)

    page = login(office.bambang).post(url(proposal, "calon", office.ratna.pk), as_form(proposal, base=95, name="1"))

    assert "PNS already has its nominee: Bayu Pratama." in page.context["assessment"].reasons[0]
    assert Nominee.objects.get(employee=office.ratna).scores["kinerja"] == "95.00"


def test_photo_and_several_files_come_with_the_scores(office, proposal, address, login):
    files = {"photo": picture("wajah.jpg"), "evidence": [pdf("a.pdf", b"a"), pdf("b.pdf", b"b")]}

    login(office.bambang).post(address, as_form(proposal, name="1", **files))

    nominee = Nominee.objects.get()
    assert [evidence.name for evidence in nominee.evidence.all()] == ["a.pdf", "b.pdf"]
    assert (bool(nominee.photo), nominee.slot) == (True, 1)


def test_a_file_that_lies_is_refused_beside_its_field_and_the_rest_is_kept(office, proposal, address, login):
    html = b"<!doctype html><script>alert(1)</script>"
    files = {"photo": sent("wajah.jpg", html), "evidence": [sent("surat.pdf", html), pdf("benar.pdf")]}

    page = login(office.bambang).post(address, as_form(proposal, reason="Sabar sekali.", name="1", **files))

    assert page.context["assessment"].errors == {
        "photo": "wajah.jpg is not a photo that can be read: please send a JPEG, PNG or WebP file.",
        "evidence": "surat.pdf is not a PDF, JPEG or PNG file, whatever its name says.",
    }
    assert "Sabar sekali." in text(page)
    assert "benar.pdf" in text(page)
    assert [evidence.name for evidence in Evidence.objects.all()] == ["benar.pdf"]
    assert (Nominee.objects.get().reason, Nominee.objects.get().slot) == ("Sabar sekali.", None)


def test_empty_and_oversized_files_are_refused_in_words(office, proposal, address, login):
    files = {"photo": sent("kosong.jpg", b""), "evidence": [pdf("besar.pdf", b"x" * 6 * 1024 * 1024)]}

    page = login(office.bambang).post(address, as_form(proposal, **files))

    assert page.context["assessment"].errors == {
        "photo": "kosong.jpg is empty.",
        "evidence": "besar.pdf is larger than 5 MB.",
    }


def test_six_files_at_once_are_refused_before_any_is_read(office, proposal, address, login):
    page = login(office.bambang).post(address, as_form(proposal, evidence=[pdf(text=b"%d" % i) for i in range(6)]))

    assert page.context["assessment"].errors == {"evidence": "At most 5 files can be attached."}
    assert not Evidence.objects.exists()


def test_ticked_files_and_the_photo_are_removed_when_saving(office, proposal, address, login):
    nominee = assessed(proposal, office.bayu)
    gone = services.attach(nominee, upload=pdf("a.pdf", b"a"), by=office.bambang)
    services.attach(nominee, upload=pdf("b.pdf", b"b"), by=office.bambang)
    services.set_photo(nominee, upload=picture("a.jpg"), by=office.bambang)

    login(office.bambang).post(address, as_form(proposal, remove=[gone.pk], remove_photo="on"))

    assert [evidence.name for evidence in Evidence.objects.all()] == ["b.pdf"]
    assert not Nominee.objects.get().photo


@pytest.mark.parametrize("number", ["0", "9" * 40, "x", "\0"])
def test_a_made_up_file_is_not_removed_and_breaks_nothing(office, proposal, address, login, number):
    page = login(office.bambang).post(address, as_form(proposal, remove=[number]))

    assert "remove" in page.context["assessment"].errors


def test_another_units_file_cannot_be_removed_from_here(office, round, proposal, address, login):
    other = Proposal.objects.get(stage__round=round, unit=office.units["promosi"])
    evidence = services.attach(assessed(other, office.candra), upload=pdf(), by=office.citra)

    login(office.bambang).post(address, as_form(proposal, remove=[evidence.pk]))

    assert Evidence.objects.get() == evidence
