"""The client of BSrE's Esign Client Service, against a small service of our own."""

import pytest

from anas.documents import pdf
from anas.documents.signing import esign, pades, stamp, ways
from anas.documents.signing.paper import Paper
from anas.documents.signing.passphrase import Passphrase
from anas.refused import Refused
from tests.documents import esign_server
from tests.documents.esign_server import NIK, PASSPHRASE, answers, hangs

CHECK = {1: f"/api/user/status/{NIK}", 2: "/api/v2/user/check/status"}
SIGN = {1: "/api/sign/pdf", 2: "/api/v2/sign/pdf"}
FAULTY = "The signing service does not answer as it should. Nothing was signed; try again later."
AWAY = "The signing service cannot be reached. Nothing was signed; try again later."


@pytest.fixture(scope="module")
def service():
    with esign_server.running() as server:
        yield server


@pytest.fixture(params=[1, 2])
def version(request, service, settings) -> int:
    settings.BSRE_URL, settings.BSRE_VERSION = f"http://127.0.0.1:{service.server_port}", request.param
    settings.BSRE_USER, settings.BSRE_PASSWORD = esign_server.USER, esign_server.PASSWORD
    service.calls, service.faults, service.status, service.asked = [], {}, "ISSUE", {}
    return request.param


@pytest.fixture(scope="module")
def paper() -> Paper:
    original = pdf.write("<html lang=id><p>Keputusan</p></html>", identifier="k" * 20)
    spot = stamp.above("decree", page=0, left=300, top=200, page_height=842)
    block = stamp.picture("decree", link="https://anas.example/", lines=["Ditandatangani"])
    return Paper(original, spot, block, "https://anas.example/", "Penandatanganan", "Batu")


def way(nik: str = NIK, passphrase: str = PASSPHRASE) -> ways.Bsre:
    return ways.Bsre(nik, Passphrase(passphrase))


def reasons(paper: Paper, **signer) -> list[str]:
    with pytest.raises(Refused) as refused:
        way(**signer).sign(paper)
    return refused.value.reasons


def test_the_person_is_checked_once_and_then_the_service_signs(version, service, paper):
    signer = way()

    file = signer.sign(paper)
    signer.sign(paper)

    assert file.startswith(paper.pdf) and pades.examine(paper.pdf, file).serial == "2a"
    asked = {1: "GET", 2: "POST"}[version]
    assert service.calls == [f"{asked} {CHECK[version]}", *[f"POST {SIGN[version]}"] * 2]


def test_the_service_is_told_where_the_block_goes(version, service, paper):
    way().sign(paper)

    told = {name: value.decode() if isinstance(value, bytes) else value for name, value in service.asked.items()}
    told = {name: value for name, value in told.items() if name not in ("nik", "passphrase", "imageBase64")}
    assert told == {
        1: {
            "tampilan": "visible", "image": "true", "linkQR": "https://anas.example/", "page": "1", "xAxis": "300",
            "yAxis": "201", "width": "187", "height": "51", "reason": "Penandatanganan", "location": "Batu",
        },
        2: {
            "tampilan": "VISIBLE", "page": 1, "originX": 300, "originY": pytest.approx(842 - 201.4 - 51, abs=0.1),
            "width": pytest.approx(187.1, abs=0.1), "height": pytest.approx(51, abs=0.1),
            "reason": "Penandatanganan", "location": "Batu",
        },
    }[version]  # fmt: skip


def test_what_the_person_is_told(version, service, paper):
    assert reasons(paper, nik="3579010101800009") == ["This NIK is not registered with BSrE."]
    assert reasons(paper, passphrase="salah") == ["The passphrase is wrong."]
    said = {}
    for service.status in ("EXPIRED", "NO_CERTIFICATE", "SUSPEND", "REVOKE", "RENEW", "NEW", "?"):
        said[service.status] = reasons(paper)[0]
    assert said == {
        "EXPIRED": "The certificate has expired: renew it with BSrE.",
        "NO_CERTIFICATE": "BSrE has issued no certificate for this NIK yet.",
        "SUSPEND": "The certificate is suspended by BSrE.",
        "REVOKE": "The certificate was revoked by BSrE.",
        "RENEW": "The certificate is being renewed by BSrE.",
        "NEW": "The registration with BSrE is not finished yet.",
        "?": "The signing service says: “-”",
    }
    assert service.calls.count(f"POST {SIGN[version]}") == 1


def told(words: bytes, status: int = 400) -> object:
    return answers(status, "application/json", b'{"error": "%b"}' % words)


@pytest.mark.parametrize(
    "fault, reason",
    [
        (answers(200, "text/html", b"<html>Selamat datang</html>"), FAULTY),
        (answers(500, "text/html", b"<h1>Internal Server Error</h1>"), FAULTY),
        (answers(302, "text/html", b""), FAULTY),
        (answers(200, "application/json", b""), FAULTY),
        (answers(200, "application/json", b"[" * 100_000), FAULTY),
        (answers(200, "application/json", b'{"file": [null]}'), FAULTY),
        (answers(200, "application/json", b'{"file": ["%%%"]}'), FAULTY),
        (told(b"Proses gagal", 503), FAULTY),
        (told(b"Sertifikat anda sudah expired"), "The certificate has expired: renew it with BSrE."),
        (told(b"Passphrase anda salah", 500), "The passphrase is wrong."),
        (told(b"Ukuran berkas terlalu besar"), "The signing service says: “Ukuran berkas terlalu besar”"),
        # Never repeated on a page, whatever the service does.
        (told(f"nik {NIK} ditolak".encode()), FAULTY),
        (told(f"kata {PASSPHRASE} ditolak".encode()), FAULTY),
        (lambda service: None, AWAY),
    ],
)
def test_a_service_that_answers_nonsense_or_nothing(version, service, paper, fault, reason):
    service.faults = {SIGN[version]: fault}

    assert reasons(paper) == [reason]


@pytest.mark.parametrize("version", [2], indirect=True)
def test_a_service_that_hangs_drips_or_never_ends(version, service, paper, monkeypatch):
    service.faults = {SIGN[version]: answers(200, "application/pdf", b"%PDF-" + b"x" * 5000)}
    with monkeypatch.context() as small:
        small.setattr(esign, "LARGEST", 1000)
        assert reasons(paper) == [AWAY]
    with monkeypatch.context() as slow:
        slow.setattr(esign, "monotonic", iter([0, 31]).__next__)
        assert reasons(paper) == [AWAY]
    service.faults = {CHECK[version]: hangs}
    monkeypatch.setattr(esign, "SECONDS", 0.2)
    assert reasons(paper) == [AWAY]


def test_the_account_of_the_server_and_a_service_that_is_not_there(version, paper, settings):
    settings.BSRE_PASSWORD = "lain"
    assert reasons(paper) == ["The signing service does not accept this server's account: tell the administrator."]
    settings.BSRE_URL = "http://127.0.0.1:9"
    assert reasons(paper) == [AWAY]


def test_without_room_on_the_paper_the_signature_is_not_seen(version, service, paper):
    way().sign(Paper(paper.pdf, None, paper.block, paper.link, paper.reason, paper.place))

    assert str(service.asked["tampilan"]).strip("b'").upper() == "INVISIBLE"
