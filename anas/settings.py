"""The one settings file. Everything that an office may set comes from the environment; README lists it."""

import os
import secrets
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from anas import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.path("DATA_DIR", BASE_DIR / ".data")

DEBUG = env.flag("DEBUG")
# Demo: anybody may log in as anybody with one click. Refused together with a production address (anas/checks.py).
DEMO = env.flag("DEMO")


def secret_key() -> str:
    """SECRET_KEY from the environment; else one of this installation's own, made at the first start and kept in
    DATA_DIR. Servers that share a database have to share the key, so they set the variable."""
    if key := env.text("SECRET_KEY"):
        return key
    kept = DATA_DIR / "secret-key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text()
    key = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# The address that stands in the QR codes of documents; empty: the address that the visitor used.
SITE_URL = env.text("SITE_URL").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "anas.people",
    "anas.rounds",
    "anas.conduct",
    "nominations",
    "voting",
    "scoring",
    "anas.documents",
    "anas.setup",
    "anas.mailing",
    "anas.privacy",
    "anas.keeping",
    "anas.rehearsal",
    "anas.demo",
]
HAS_SSO = find_spec("allauth") is not None  # the extra `sso`: a second factor, and single sign-on
if HAS_SSO:
    INSTALLED_APPS += [
        "allauth",
        "allauth.account",
        "allauth.mfa",
        "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect",
        "anas.sso",
    ]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "anas.middleware.ContentSecurityPolicy",
    "anas.middleware.NotKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "anas.middleware.ChosenLanguage",
    "anas.middleware.KindOfClient",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "anas.middleware.LoginRequired",
    "anas.middleware.NumbersOfRows",
    "anas.middleware.SaysNo",
    "voting.kiosk.BallotOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
if HAS_SSO:
    MIDDLEWARE += ["allauth.account.middleware.AccountMiddleware", "anas.sso.middleware.SecondFactor"]

ROOT_URLCONF = "anas.urls"
WSGI_APPLICATION = "anas.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["anas.crumbs"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "anas.documents.context.office",
                "anas.setup.context.way_back",
                "anas.demo.context.demo_people",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database: SQLite needs nothing; PostgreSQL is what an office runs ------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'anas.sqlite3'}",
        conn_max_age=env.number("CONN_MAX_AGE", 60),
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at BEGIN: a transaction that starts with a read cannot fail half way for a lock.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a vote that was acknowledged survives a power cut. secure_delete: what was deleted is overwritten.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People and sessions ----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Employee"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "anas.people.backends.EmployeeBackend"]
PASSWORD_HASHERS = [
    "anas.people.hashers.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "rounds:tasks"
LOGOUT_REDIRECT_URL = "people:login"
SESSION_COOKIE_AGE = 60 * 60 * 10  # one working day

# Ten wrong passwords for one account from one address: a rest of 15 minutes for that pair, never for the whole office.
AXES_FAILURE_LIMIT = 10
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
# So many from one address, whatever the accounts: then only from browsers where the person has logged in before.
WRONG_TRIES_PER_ADDRESS = 200
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_USERNAME_FORM_FIELD = "username"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "anas.people.addresses.client_address"

# The extra `sso`. Required: the committee, the head of an office and the administrator need a second factor or come
# through single sign-on; others may have one.
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED")
OIDC_SERVER_URL = env.text("OIDC_SERVER_URL")
OIDC_NAME = env.text("OIDC_NAME", "SSO") if HAS_SSO and OIDC_SERVER_URL else ""
OIDC_NUMBER_CLAIM = env.text("OIDC_NUMBER_CLAIM", "nip")
if HAS_SSO:
    ACCOUNT_ADAPTER = "anas.sso.adapters.Accounts"
    ACCOUNT_LOGIN_METHODS = {"username"}
    ACCOUNT_SIGNUP_FIELDS = ["username*"]  # nobody signs up; allauth asks
    ACCOUNT_USER_MODEL_USERNAME_FIELD = "number"
    ACCOUNT_EMAIL_VERIFICATION = "none"
    MFA_ADAPTER = "anas.sso.adapters.SecondFactors"
    MFA_REAUTHENTICATION_REQUIRED = False  # our own pages ask for the password once more
    MFA_TOTP_ISSUER = "ANAS"
    MFA_TOTP_TOLERANCE = 1
    MFA_RECOVERY_CODES_SHOW_ONCE = True
    SOCIALACCOUNT_ADAPTER = "anas.sso.adapters.SingleSignOn"
    SOCIALACCOUNT_LOGIN_ON_GET = True
    SOCIALACCOUNT_STORE_TOKENS = False
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": OIDC_NAME,
                    "client_id": env.text("OIDC_CLIENT_ID"),
                    "secret": env.text("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": OIDC_SERVER_URL},
                }
            ]
            if OIDC_NAME
            else [],
        }
    }

# --- Protection -------------------------------------------------------------------------------------------------------

SECURE = not (DEBUG or DEMO)
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", SECURE)
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31536000 if SECURE else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", SECURE)
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", SECURE)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # no script reads them
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# One proxy of ours, which terminates HTTPS, stands before the application and says so in X-Forwarded-*.
BEHIND_PROXY = env.flag("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Languages and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "anas" / "locale"]
FORMAT_MODULE_PATH = "anas.formats"
USE_I18N = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Jakarta")
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "anas.bootstrap.BootstrapFinder",
]
WHITENOISE_USE_FINDERS = not SECURE
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]  # megabytes that nobody fetches
MEDIA_ROOT = DATA_DIR / "files"  # private: served by views that ask who is asking, never by the web server
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SECURE
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a team's whole matrix of scores comes in one form

# --- Award rules ------------------------------------------------------------------------------------------------------
# What an award decides for itself stands in its scheme. Here stands what holds for every award of the installation.

# Where a poll's simple key lies while the poll runs: outside of the database, so that no dump holds votes and key.
KEY_DIR = env.path("KEY_DIR", DATA_DIR / "keys")
# Turnout by unit is shown only where a unit is large enough that "all but one" gives nobody away.
TURNOUT_MINIMUM_UNIT = 10
# Turnout by day is told in steps of so many votes.
TURNOUT_STEP = 5
# Evidence: what a unit head may attach. Megabytes per file; files per nominee.
EVIDENCE_MAX_MEGABYTES = env.number("EVIDENCE_MAX_MEGABYTES", 5)
EVIDENCE_MAX_FILES = 5
# Bytes of one request with all its files; the pages say what a single file may have.
LARGEST_REQUEST = max(32, EVIDENCE_MAX_MEGABYTES * (EVIDENCE_MAX_FILES + 2)) * 1024**2
FILE_UPLOAD_HANDLERS = [
    "anas.uploads.NotTooLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Electronic signatures --------------------------------------------------------------------------------------------

# The agency's Esign Client Service of BSrE: its address, the account of this server, version 1 or 2 of its interface.
BSRE_URL = env.text("BSRE_URL").rstrip("/")
BSRE_USER = env.text("BSRE_USER")
BSRE_PASSWORD = env.text("BSRE_PASSWORD")
BSRE_VERSION = env.number("BSRE_VERSION", 2)

# --- E-mail: without a server nothing is sent; the demo writes to its console -----------------------------------------

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", not EMAIL_USE_SSL)
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise ImproperlyConfigured("EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other.")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "ANAS <anas@localhost>")
EMAIL_BACKEND = env.text(
    "EMAIL_BACKEND",
    f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console' if DEBUG or DEMO else 'dummy'}.EmailBackend",
)
# How long before a deadline those who still have something to do are reminded.
REMIND_HOURS = env.number("REMIND_HOURS", 24)

# --- Privacy ----------------------------------------------------------------------------------------------------------
# How many days personal data are kept that no decree and no result needs. The page on privacy says them, and
# `manage.py purge` deletes what is older.

RETENTION = {
    "looks": env.days("KEEP_ACCESS_LOG_DAYS", 730, least=365),  # the database lets nobody delete a younger entry
    "imports": env.days("KEEP_IMPORTS_DAYS", 90),
    "evidence": env.days("KEEP_EVIDENCE_DAYS", 5 * 365),
    "conduct": env.days("KEEP_CONDUCT_DAYS", 5 * 365),
    "messages": env.days("KEEP_MESSAGES_DAYS", 180),
    "attempts": env.days("KEEP_FAILED_LOGINS_DAYS", 30),
    "sessions": 0,
    "left": env.days("KEEP_LEFT_DAYS", 5 * 365),
}

DEFAULT_EXCEPTION_REPORTER_FILTER = "anas.reports.Discreet"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # They log the certificates of foreign files, whose names may hold an NIK.
    "loggers": {name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
}
