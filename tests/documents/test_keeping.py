"""An issued document is never changed and never deleted."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from anas.documents import services
from anas.documents.models import Document, Letterhead
from anas.documents.texts import DecreeTexts
from anas.refused import Refused
from tests import cast
from tests.documents.conftest import text_of


@pytest.mark.usefixtures("no_paper")
def test_an_issued_document_cannot_be_deleted(decree):
    for delete in (decree.delete, Document.objects.all().delete, Document.objects.filter(pk=decree.pk).delete):
        with pytest.raises(Refused, match="cannot be deleted"):
            delete()


@pytest.mark.usefixtures("no_paper")
def test_the_round_of_an_issued_document_cannot_be_deleted(decree):
    with pytest.raises(ProtectedError), transaction.atomic():
        decree.round.delete()


@pytest.mark.usefixtures("no_paper")
def test_a_draft_can_be_deleted(office, approved):
    texts = DecreeTexts(title="Judul", considering=["a"], basis=["b"])
    services.save_draft(approved, texts=texts, by=office.kartika).delete()

    assert not Document.objects.exists()


@pytest.mark.usefixtures("no_paper")
@pytest.mark.parametrize("fields", [None, ["pdf"], ["number", "state"], ["sha256"]])
def test_an_issued_document_cannot_be_changed(decree, fields):
    with pytest.raises(Refused, match="never changed"):
        decree.save(update_fields=fields)


@pytest.mark.usefixtures("no_paper")
@pytest.mark.parametrize("values", [{"pdf": b"x"}, {"state": "issued", "number": "2"}, {"data": {}}])
def test_issued_documents_cannot_be_changed_all_at_once(decree, values):
    with pytest.raises(Refused, match="never changed"):
        Document.objects.filter(pk=decree.pk).update(**values)


@pytest.mark.usefixtures("no_paper")
@pytest.mark.parametrize("state", ["superseded", "revoked"])
@pytest.mark.parametrize("missing", [{"remark": ""}, {"ended_at": None}])
def test_no_document_goes_out_of_force_without_reason_and_time(decree, state, missing):
    end = {"remark": "Salah.", "ended_at": timezone.now(), **missing}
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=decree.pk).update(state=state, **end)


@pytest.mark.usefixtures("no_paper")
def test_its_state_can_be_changed_with_a_remark(decree):
    decree.state, decree.remark, decree.ended_at = "revoked", "Salah cetak", timezone.now()
    decree.save(update_fields=["state", "remark", "ended_at"])

    assert Document.objects.get().state == "revoked"


@pytest.mark.usefixtures("no_paper")
def test_a_round_has_one_decree_in_force(decree):
    copy = Document.objects.get()
    copy.pk, copy._state.adding, copy.code, copy.number = None, True, "x" * 20, "2"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


@pytest.mark.usefixtures("no_paper")
@pytest.mark.parametrize("missing", [{"number": ""}, {"sha256": ""}, {"date": None}])
def test_an_issued_document_is_complete(decree, missing):
    copy = Document.objects.get()
    copy.pk, copy._state.adding, copy.code, copy.state = None, True, "x" * 20, "issued"
    Document.objects.filter(pk=decree.pk).update(state="revoked", remark="Salah.", ended_at=timezone.now())
    for name, value in missing.items():
        setattr(copy, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_a_document_stays_as_it_is_when_the_letterhead_changes(office, decree):
    services.set_letterhead(office.unit, values={"office": "Dinas Lain"}, by=cast.fresh(office.kartika))

    assert "DINAS LAIN" not in text_of(Document.objects.get().pdf)
    assert Letterhead.objects.get().office == "Dinas Lain"
