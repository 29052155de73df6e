"""Cài đặt Django. What an operator may change comes from the environment (docs/operating.md)."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from soi.config import environment

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_dir()

DEBUG = False
SECRET_KEY = environment.secret_key(DATA_DIR)
ALLOWED_HOSTS = environment.words("SOI_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
# HTTPS is the rule; without it (a trial on one's own machine) cookies cannot be marked Secure.
HTTPS = environment.flag("SOI_HTTPS", default=False)
# People whose posts give power over records must use a second factor; the sample organisation does not.
SECOND_FACTOR = environment.flag("SOI_SECOND_FACTOR", default=HTTPS)

INSTALLED_APPS = [
    "soi.base",
    "soi.history",
    "soi.org",
    "soi.access",
    "soi.documents",
    "soi.ballots",
    "soi.directives",
    "soi.work",
    "soi.findings",
    "soi.conferences",
    "soi.briefings",
    "soi.reviews",
    "soi.notices",
    "soi.intake",
    "soi.calls",
    "soi.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "soi.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "soi.web.middleware.SessionLimitMiddleware",
    "soi.web.middleware.ActorMiddleware",
    "soi.web.middleware.AccessMiddleware",
    "soi.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "soi.web.urls"
ASGI_APPLICATION = "soi.config.asgi.application"
WSGI_APPLICATION = "soi.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "soi.web.context.shell",
            ],
            "builtins": ["soi.web.templatetags.icons"],
        },
    }
]

# Widgets of our own (the date field) are templates beside the others.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache()}

# --- language and time -------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "soi_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Django's Vietnamese formats lack date input (21/11/2026 is refused, 05/11/2026 read as 11 May).
FORMAT_MODULE_PATH = ["soi.config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- files -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# A file is read in memory once to be hashed; larger bodies wait on disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- mail --------------------------------------------------------------------------------------------

# Without a mail server there is none: notices stand in the inbox, and the page of settings says so.
_MAIL = environment.mail()
MAIL_IS_SET_UP: bool = _MAIL["MAIL_IS_SET_UP"]
EMAIL_BACKEND: str = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST: str = _MAIL.get("EMAIL_HOST", "")
EMAIL_PORT: int = _MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER: str = _MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD: str = _MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL: bool = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS: bool = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL: str = _MAIL.get("DEFAULT_FROM_EMAIL", "soi@localhost")
PUBLIC_URL = environment.public_url()

# --- sound and picture -------------------------------------------------------------------------------

# Without these a conference has the mesh of up to five endpoints and rooms elsewhere by link.
_CALLS = environment.call_servers()
JANUS_URL: str = _CALLS["JANUS_URL"]
JANUS_ADMIN_KEY: str = _CALLS["JANUS_ADMIN_KEY"]
JANUS_WEBSOCKET: str = _CALLS["JANUS_WEBSOCKET"]
TURN_URLS: list[str] = _CALLS["TURN_URLS"]
TURN_SECRET: str = _CALLS["TURN_SECRET"]

# --- sign-in -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["soi.web.accounts.WithPerson"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "soi.access.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_work"
ACCOUNT_ADAPTER = "soi.web.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Ten wrong tries a quarter of an hour for one name, a hundred from one address. A stranger can so make the
# rightful user wait, but never longer than that quarter of an hour.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/15m/key,100/15m/ip",
    "change_password": "5/m/user",
}
MFA_ADAPTER = "soi.web.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Soi"
USERSESSIONS_TRACK_ACTIVITY = False

# --- sessions, cookies, headers ----------------------------------------------------------------------

SESSION_ENGINE = "soi.access.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "soi.web.errors.csrf_failure"
# __Host- cookies cannot be set by another host or path; browsers accept them over HTTPS only.
SESSION_COOKIE_NAME = "__Host-soi" if HTTPS else "soi"
CSRF_COOKIE_NAME = "__Host-soi-csrf" if HTTPS else "soi-csrf"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Forwarded addresses and schemes are believed only when the operator says that a proxy of theirs sends them.
BEHIND_PROXY = environment.flag("SOI_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, *([JANUS_WEBSOCKET] if JANUS_WEBSOCKET else [])],
        "media-src": [SELF, "blob:"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
