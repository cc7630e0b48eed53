"""All documents of a round in one ZIP."""

import hashlib
import re
import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation

from anas.documents import archive, life
from anas.documents.models import Document
from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.usefixtures("no_paper")

EVERYBODY = ["kartika", "hadi", "lina", "wulan", "maya", "siti", "ratna", "oki"]
READERS = ["kartika", "hadi", "lina", "wulan"]
ON_WINDOWS = re.compile(r"[a-z0-9][a-z0-9-]{0,100}\.(pdf|html|txt)")


def url(round) -> str:
    return reverse("documents:archive", args=[round.pk])


def packed(round) -> bytes:
    file = BytesIO()
    archive.write(round, file)
    return file.getvalue()


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def test_everything_that_was_issued_is_in_it_as_it_was_kept(office, certificates, decree, login):
    life.revoke(certificates[0], reason="Hilang.", by=cast.fresh(office.kartika))
    response = login(office.wulan).get(url(decree.round))
    files = opened(b"".join(response))

    assert response.headers["Content-Type"] == "application/zip"
    assert "anas-nan-baik-hati-triwulan-iv-2026.zip" in response.headers["Content-Disposition"]
    assert list(files) == [
        "daftar-dokumen.html",
        "sha256.txt",
        "01-keputusan-188-19-dpmptsp-2026.pdf",
        "02-piagam-agus-salim.pdf",
        "03-piagam-ayu-lestari.pdf",
        "04-piagam-andi-wijaya.pdf",
    ]
    assert [files[name] for name in list(files)[2:]] == [bytes(item.pdf) for item in [decree, *certificates]]


def test_the_hashes_are_what_sha256sum_takes(decree, certificates, tmp_path):
    files = opened(packed(decree.round))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    lines = files["sha256.txt"].decode().splitlines()

    assert lines == [
        f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items() if name != "sha256.txt"
    ]
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--strict", "-c", "sha256.txt"], cwd=tmp_path, check=True, capture_output=True)
        (tmp_path / list(files)[2]).write_bytes(b"x")
        assert subprocess.run(["sha256sum", "-c", "sha256.txt"], cwd=tmp_path, capture_output=True).returncode == 1


def test_the_index_says_what_each_file_is(office, decree, certificates):
    life.revoke(certificates[0], reason="Hilang <b>.", by=cast.fresh(office.kartika))
    index = opened(packed(decree.round))["daftar-dokumen.html"].decode()

    for document in [decree, *certificates]:
        for said in (document.number, document.title, document.sha256):
            assert said in index
    for said in ('href="01-keputusan-188-19-dpmptsp-2026.pdf"', "dicabut", "Hilang &lt;b&gt;.", "Agus Salim"):
        assert said in index
    assert office.agus.number not in index.replace(" ", "")


def test_the_same_documents_give_the_same_bytes_in_every_language(office, decree, certificates):
    first = packed(decree.round)
    with translation.override("id"):
        second = packed(decree.round)
    assert second == first

    life.revoke(certificates[0], reason="Hilang.", by=cast.fresh(office.kartika))
    assert packed(decree.round) != first


def test_names_of_files_are_safe_and_differ(office, decree, certificates, monkeypatch):
    monkeypatch.setattr(Document, "CHANGEABLE", Document.CHANGEABLE | {"number"})
    Document.objects.filter(pk=decree.pk).update(number='CON: a\\b|c?*"<>. ' + "x" * 60)
    Employee.objects.filter(pk__in=[office.agus.pk, office.ayu.pk]).update(name="Ç. O’Náma " + "panjang " * 12)
    names = list(opened(packed(decree.round)))

    assert [name for name in names if not ON_WINDOWS.fullmatch(name)] == []
    assert len(set(names)) == len(names) == 6


def test_it_is_for_those_who_may_read_everything(office, decree, login):
    rounds.announce(cast.again(decree.round), by=cast.fresh(office.kartika))
    found = {who: login(getattr(office, who)).get(url(decree.round)).status_code for who in EVERYBODY}

    assert found == {who: 200 if who in READERS else 404 for who in EVERYBODY}
    with pytest.raises(Refused, match="can read this"):
        archive.hand_out(decree.round, by=cast.fresh(office.siti))


def test_there_is_none_without_documents(office, approved, login):
    assert login(office.kartika).get(url(approved)).status_code == 404


def test_the_trail_says_who_took_it(office, decree, login):
    files = opened(b"".join(login(office.hadi).get(url(decree.round))))
    entry = AuditEntry.objects.filter(action="documents.archived").get()

    assert (entry.actor, entry.role) == (office.hadi, "head")
    assert entry.subject == f"SHA-256 {hashlib.sha256(files['sha256.txt']).hexdigest()}"


def test_few_documents_are_in_memory_at_once(decree, certificates, monkeypatch, django_assert_num_queries):
    with django_assert_num_queries(2):
        packed(decree.round)
    monkeypatch.setattr(archive, "AT_ONCE", 1)
    with django_assert_num_queries(5):
        packed(decree.round)
