"""Every setting of Yui, in one file; environment variables are named in docs/operations/settings.md."""

import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from environs import Env

from yui.kernel.observe.logging import logging_settings
from yui.organisations.authentication_settings import *  # noqa: F403 — one file of settings, in two parts

env = Env()

HOME = Path(env.str("YUI_HOME", "var")).resolve()
LAKE = Path(env.str("YUI_LAKE", str(HOME / "lake"))).resolve()
FILES = HOME / "files"
SEARCH_INDEX = HOME / "search"


def _secret_key() -> str:
    """Return the installation's secret, made on first start and kept readable by its owner only."""
    path = HOME / "secret_key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


SECRET_KEY = env.str("YUI_SECRET_KEY", "") or _secret_key()
SECRET_KEY_FALLBACKS: list[str] = env.list("YUI_SECRET_KEY_FALLBACKS", [])
DEBUG = env.bool("YUI_DEBUG", False)
ALLOWED_HOSTS = env.list("YUI_ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("YUI_TRUSTED_ORIGINS", [])
BEHIND_TLS = env.bool("YUI_BEHIND_TLS", False)
IS_DEMONSTRATION = env.bool("YUI_DEMONSTRATION", (HOME / "demonstration").exists())

KERNEL_APPS = [
    "yui.kernel.scope",
    "yui.kernel.ledger",
    "yui.kernel.events",
    "yui.kernel.measures",
    "yui.kernel.explanations",
    "yui.kernel.charts",
    "yui.kernel.tables",
    "yui.kernel.exchange",
    "yui.kernel.search",
    "yui.kernel.tasks",
    "yui.kernel.live",
    "yui.kernel.lake",
    "yui.kernel.backup",
    "yui.kernel.observe",
    "yui.kernel.writing",
    "yui.kernel.attachments",
    "yui.kernel.notices",
    "yui.kernel.ui",
]
ROOMS = [
    "yui.organisations",
    "yui.registry",
    "yui.transition.costs",
    "yui.security.soc",
    "yui.people.commons",
    "yui.people.practices",
    "yui.governance.indicators",
    "yui.governance.priorities",
    "yui.governance.statistics",
    "yui.governance.overview",
    "yui.governance.challenges",
    "yui.governance.reports",
    "yui.portal",
]
INSTALLED_APPS = [
    *ROOMS,
    *KERNEL_APPS,
    "yui.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]
MIDDLEWARE = [
    "yui.kernel.observe.middleware.RequestObservation",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yui.organisations.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "yui.conf.urls"
WSGI_APPLICATION = "yui.conf.wsgi.application"
ASGI_APPLICATION = "yui.conf.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yui.kernel.ui.context.page",
                "yui.portal.context.bell",
            ],
        },
    }
]

DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{HOME / 'yui.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    HOME.mkdir(parents=True, exist_ok=True)
    SQLITE_SYNCHRONOUS = env.str(
        "YUI_SQLITE_SYNCHRONOUS", "NORMAL", validate=lambda v: v in {"NORMAL", "FULL"}
    )
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous={SQLITE_SYNCHRONOUS};"
            "PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_AGE = env.int("YUI_SESSION_SECONDS", 8 * 3600)
SESSION_IDLE_SECONDS = env.int("YUI_SESSION_IDLE_SECONDS", 30 * 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = env.int("YUI_HSTS_SECONDS", 31_536_000 if BEHIND_TLS else 0)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
EMAIL_BACKEND = env.str("YUI_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
NOTICE_MAIL_BODIES = env.bool("YUI_NOTICE_MAIL_BODIES", False)
WEBHOOK_HOSTS: list[str] = env.list("YUI_WEBHOOK_HOSTS", [])
DEFAULT_FROM_EMAIL = env.str("YUI_MAIL_FROM", "yui@localhost")

ATTACHMENT_MB = env.int("YUI_ATTACHMENT_MB", 20)
ATTACHMENT_ZIP = env.bool("YUI_ATTACHMENT_ZIP", False)
MALWARE_SCANNER = env.str("YUI_MALWARE_SCANNER", "")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LAKE_THREADS = env.int("YUI_LAKE_THREADS", 2)
LAKE_MEMORY = env.str("YUI_LAKE_MEMORY", "1GB")
FOCUS_MODELS = Path(env.str("YUI_FOCUS_MODELS", str(HOME / "focus-models"))).resolve()
METRICS_TOKEN = env.str("YUI_METRICS_TOKEN", "")
MINIMUM_FREE_MB = env.int("YUI_MINIMUM_FREE_MB", 512)
JOB_LOST_SECONDS = env.float("YUI_JOB_LOST_SECONDS", 60)
SOC_WEBHOOK_HOSTS: list[str] = env.list("YUI_SOC_WEBHOOK_HOSTS", [])

LOG_LEVEL = env.str("YUI_LOG_LEVEL", "INFO")
LOGGING = logging_settings(LOG_LEVEL, for_people=DEBUG)
