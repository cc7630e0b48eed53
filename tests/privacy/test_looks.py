"""Who looked at whose data is noted once a day, and told to the person concerned."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone

from anas.people import personal
from anas.people.models import Employee
from anas.privacy import looks
from anas.privacy.models import Look
from anas.rounds.models import Round, Stage
from nominations.models import Nominee
from nominations.uploads import checked_evidence
from tests import cast
from tests.nominations import helpers


@pytest.fixture
def noted():
    """Reader and subject by first name, and the kind, of everything noted since the last call."""
    last = [0]

    def since() -> set[tuple[str, str, str]]:
        names = {key: name.split()[0] for key, name in Employee.objects.values_list("pk", "name")}
        new = list(Look.objects.filter(pk__gt=last[0]))
        last[0] = max([last[0], *(one.pk for one in new)])
        return {(names[one.reader], names[one.subject], one.kind) for one in new}

    return since


@pytest.fixture
def visit(client):
    def as_employee(person, address: str) -> int:
        client.force_login(cast.fresh(person), backend="anas.people.backends.EmployeeBackend")
        return client.get(address).status_code

    return as_employee


def test_whoever_opens_or_exports_a_person_is_noted_once_a_day(office, visit):
    for _again in range(2):
        visit(office.kartika, f"/pegawai/{office.agus.pk}/")
    cache.clear()
    visit(office.kartika, f"/pegawai/{office.agus.pk}/")
    visit(office.kartika, f"/pegawai/{office.kartika.pk}/")  # her own

    assert [(one.reader, one.subject, one.kind, one.role) for one in Look.objects.all()] == [
        (office.kartika.pk, office.agus.pk, "person", "committee")
    ]

    admin = Employee.objects.create_superuser("admin", name="Admin")
    assert visit(admin, f"/admin/people/employee/{office.budi.pk}/change/") == 200
    assert Look.objects.filter(reader=admin.pk, subject=office.budi.pk, kind="person").count() == 1

    visit(office.kartika, "/pegawai/ekspor/?format=csv")
    people = Employee.objects.filter(unit__path__startswith=office.unit.path).exclude(pk=office.kartika.pk)
    assert set(Look.objects.filter(kind="people").values_list("subject", flat=True)) == {one.pk for one in people}


def test_whoever_reads_sheets_of_others_is_noted_and_nobody_for_his_own_work(office, visit, noted):
    round = cast.play(office, to="tim")
    agus = Nominee.objects.get(employee=office.agus)
    unit = office.units["sekretariat"].pk
    own = [(office.siti, f"usulan/{unit}/"), (office.maya, f"penilaian/tim/calon/{agus.pk}/"), (office.ratna, "")]
    assert [visit(person, f"/periode/{round.pk}/{page}") for person, page in own] == [200, 200, 200]
    assert noted() == set()

    visit(office.wulan, f"/periode/{round.pk}/usulan/{unit}/")
    assert noted() == {("Wulan", name, "proposal") for name in ("Agus", "Ayu", "Andi")}

    cast.assess_all(office, round)
    visit(office.maya, f"/periode/{round.pk}/penilaian/tim/calon/{agus.pk}/")
    assert noted() == {("Maya", "Agus", "sheets")}


def test_evidence_is_noted_until_it_is_open_to_the_whole_office(office, visit, noted, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    round = cast.play(office, to="tim")
    evidence = checked_evidence(Nominee.objects.get(employee=office.agus), helpers.pdf())
    evidence.save()
    page = f"/periode/{round.pk}/usulan/bukti/{evidence.pk}/"

    assert visit(office.wulan, page) == 200
    assert noted() == {("Wulan", "Agus", "evidence")}

    Stage.objects.filter(code="polling").update(state=Stage.State.OPEN)
    assert [visit(person, page) for person in (office.ratna, office.maya)] == [200, 200]
    assert noted() == set()


def test_the_numbers_of_a_round_are_noted_until_they_are_published(office, visit, noted):
    round = cast.play(office, to="announced")
    finalist = Nominee.objects.filter(standing__isnull=False).exclude(employee=office.siti).first()
    pages = ["hasil/", f"hasil/{finalist.pk}/"]

    assert [visit(office.ratna, f"/periode/{round.pk}/{page}") for page in pages] == [200, 200]
    assert noted() == set()

    assert visit(office.wulan, f"/periode/{round.pk}/hasil/unduh/?format=csv") == 200
    assert {(reader, kind) for reader, _subject, kind in noted()} == {("Wulan", "scores-file")}


def test_a_person_sees_who_looked_and_of_a_round_only_the_role_and_only_when_it_is_over(office):
    round = cast.play(office, to="tim")
    personal.tell(office.kartika, [office.agus.pk], kind="person", role="committee")
    personal.tell(office.maya, [office.agus.pk, office.budi.pk], kind="sheets", round=round, role="assessor")

    before = [(row["Who"], row["What"]) for row in looks.rows(office.agus)]
    Round.objects.update(state=Round.State.CANCELLED)
    after = {(row["Who"], row["Round"]) for row in looks.rows(office.agus)}

    assert before == [("Kartika Sari, committee", "opened the page with your personal data")]
    assert after == {("Kartika Sari, committee", ""), ("member of the team", str(round))}


def test_the_database_refuses_to_change_the_log_and_to_delete_what_is_younger_than_a_year(office):
    today = timezone.localdate()
    for days in (0, 364, 400):
        Look.objects.create(reader=1, subject=2, kind="person", day=today - timedelta(days=days))

    for act in (
        lambda: Look.objects.update(reader=9),
        lambda: Look.objects.filter(day=today).delete(),
        lambda: Look.objects.filter(day=today - timedelta(days=364)).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    Look.objects.filter(day__lt=today - timedelta(days=365)).delete()

    assert Look.objects.count() == 2
