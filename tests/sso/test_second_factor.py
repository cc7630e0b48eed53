"""The extra `sso`: a second factor for whoever wants one, and for those whom the setting names."""

import re
import subprocess
import sys
import time

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings as configured
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client, RequestFactory

from anas import checks
from anas.people import devices, sealed
from anas.rounds.models import AuditEntry
from anas.sso.adapters import SecondFactors
from tests import cast

SET_UP, CODE = "/akun/faktor-kedua/aktifkan/", "/masuk/kode/"


def code_of(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def with_password(person) -> Client:
    person.set_password(cast.PASSWORD)
    person.save()
    return Client()


def log_in(client: Client, person, password: str = cast.PASSWORD, **more):
    return client.post("/masuk/", {"username": person.number, "password": password, **more})


def set_up(client: Client) -> str:
    secret = client.get(SET_UP).context["form"].secret
    assert client.post(SET_UP, {"code": code_of(secret, -1)}).url == "/akun/faktor-kedua/cadangan/"
    return secret


def test_whoever_has_a_second_factor_is_asked_for_it_at_every_login(office):
    client = with_password(office.ratna)
    assert log_in(client, office.ratna).url == "/"
    wrong = client.post(SET_UP, {"code": "000000"})
    secret = set_up(client)
    spare = client.get("/akun/faktor-kedua/cadangan/").context["unused_codes"]
    again = client.get("/akun/faktor-kedua/cadangan/").content.decode()
    client.post("/keluar/")
    asked = log_in(client, office.ratna, next="/periode/")
    before = client.session.session_key
    bad = client.post(CODE, {"code": "000000"})
    right = client.post(CODE, {"code": code_of(secret)})

    assert "This code is not right" in wrong.content.decode() and "This code is not right" in bad.content.decode()
    assert (asked.url, right.url, client.get("/sandi/").status_code) == (CODE, "/periode/", 200)
    assert client.session.session_key != before
    assert len(spare) == 10 and spare[0] not in again
    assert secret not in str(list(Authenticator.objects.values()))
    assert AuditEntry.objects.filter(action="factor.added", actor=office.ratna).count() == 1
    other = Client()
    log_in(other, office.ratna)
    assert other.get("/sandi/").status_code == 302
    log_in(other, office.ratna)
    assert other.post(CODE, {"code": spare[0]}).url == "/"


def test_no_other_login_leads_around_it(office, settings):
    settings.DEMO = True
    Authenticator.objects.create(user=office.ratna, type="totp", data={"secret": sealed.seal("sso.factor", "A" * 32)})
    client = Client()
    client.post("/masuk/demo/", {"number": office.ratna.number})

    assert client.get("/periode/").url == "/masuk/?next=/periode/"
    assert "_auth_user_id" not in client.session


def test_it_is_required_of_committee_head_and_administrator_where_the_setting_says_so(office, settings, login):
    settings.SECOND_FACTOR_REQUIRED = True
    office.maya.is_superuser = True
    office.maya.save()
    sent_on = {
        name: login(getattr(office, name)).get("/periode/").headers.get("Location")
        for name in ("kartika", "hadi", "maya", "siti", "ratna")
    }
    client, older = login(office.kartika), Client()
    older.force_login(office.kartika, backend="anas.people.backends.EmployeeBackend")
    set_up(client)

    assert sent_on == {"kartika": SET_UP, "hadi": SET_UP, "maya": SET_UP, "siti": None, "ratna": None}
    assert "Your role needs a second factor." in client.get("/akun/faktor-kedua/matikan/", follow=True).content.decode()
    client.post("/akun/faktor-kedua/matikan/")
    assert older.get("/periode/").url == "/masuk/?next=/periode/"
    assert Authenticator.objects.filter(user=office.kartika, type="totp").exists()


def test_a_secret_of_another_installation_opens_nothing():
    secrets = {SecondFactors().decrypt("nonsense") for _ in range(2)}

    assert len(secrets) == 2 and {len(secret) for secret in secrets} == {len(generate_totp_secret())}


def come_from_provider(number: str, uid: str = "1"):
    request = RequestFactory().get("/masuk/sso/sso/kembali/")
    request.session, request.user, request._messages = Client().session, AnonymousUser(), Said()
    account = SocialAccount(provider="sso", uid=uid, extra_data={"userinfo": {"nip": number}})
    with context.request_context(request):
        response = complete_login(request, SocialLogin(account=account))
    return request, response


class Said(list):
    def add(self, level, message, extra_tags=""):
        self.append(str(message))


def test_single_sign_on_lets_in_whom_the_provider_knows_by_a_number_in_service(office, settings):
    app = {"provider_id": "sso", "client_id": "x", "secret": "x", "settings": {"server_url": "https://x.example"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app | {"name": "SSO"}]}}
    settings.SECOND_FACTOR_REQUIRED = True
    request, response = come_from_provider(office.kartika.number)
    client = Client()
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key

    assert (response.status_code, request.user, client.get("/periode/").status_code) == (302, office.kartika, 200)
    office.ratna.is_active = False
    office.ratna.save()
    for number, uid in (("", "2"), ("123", "3"), (office.ratna.number, "4"), (office.hadi.number, "1")):
        request, response = come_from_provider(number, uid)
        assert (response.url, request.user.is_authenticated, len(request._messages)) == ("/masuk/", False, 1)
    assert SocialAccount.objects.get().user == office.kartika


def test_the_application_runs_without_the_extra(settings, tmp_path):
    code = (
        "import sys; sys.modules['allauth'] = None; import django; django.setup();"
        "from django.core.management import call_command; call_command('check');"
        "from django.urls import reverse; print(reverse('people:login'));"
        "from django.template.loader import get_template; get_template('people/login.html')"
    )
    env = {"DJANGO_SETTINGS_MODULE": "anas.settings", "DATA_DIR": str(tmp_path), "PATH": ""}
    run = {"env": env, "cwd": configured.BASE_DIR, "capture_output": True, "text": True}
    done = subprocess.run([sys.executable, "-c", code], **run)
    settings.SECOND_FACTOR_REQUIRED, settings.HAS_SSO = True, False

    assert done.stdout.split("\n")[-2] == "/masuk/", done.stderr
    assert [error.id for error in checks.second_factor_can_be_asked_for()] == ["anas.E002"]


# --- Wrong passwords from one address ---------------------------------------------------------------------------------


def test_many_accounts_from_one_address_end_in_a_rest_that_no_known_browser_feels(office, settings):
    settings.WRONG_TRIES_PER_ADDRESS = 5
    known, fresh = with_password(office.ratna), Client()
    log_in(known, office.ratna)
    known.post("/keluar/")
    for number in range(5):
        fresh.post("/masuk/", {"username": f"19800101200501{number:04d}", "password": "salah"})
    cache.clear()  # the count of an address is some seconds old at most
    shut_out, elsewhere = log_in(fresh, office.ratna), Client(REMOTE_ADDR="10.1.2.3")
    forged = Client()
    forged.cookies[devices.COOKIE] = known.cookies[devices.COOKIE].value[:-1] + "x"

    assert "Too many wrong passwords have come from your address." in shut_out.content.decode()
    assert [log_in(client, office.ratna).status_code for client in (fresh, forged, known, elsewhere)] == [
        200, 200, 302, 302,
    ]  # fmt: skip
    known.post("/keluar/")
    with_password(office.siti)
    assert log_in(known, office.siti).status_code == 200  # the browser is known for its own people alone
    assert re.search(office.ratna.number, known.cookies[devices.COOKIE].value) is None


@pytest.mark.parametrize("cookie", ["", "x", "x:y:z", "\\000", "é"])
def test_an_odd_cookie_is_no_device(office, cookie):
    request = RequestFactory().get("/")
    request.COOKIES[devices.COOKIE] = cookie

    assert not devices._is_known(request, office.ratna.number)
