"""Django's settings, all of them; what an operator may change comes from the environment."""

from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from evenhand_server.environment import read_environment, read_secret

ENVIRONMENT = read_environment()
DATA = ENVIRONMENT.data
DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = read_secret(ENVIRONMENT.secrets_folder, "secret.key").hex()
DEBUG = False
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [*LOCAL_HOSTS, *ENVIRONMENT.hosts]
MATCHING = ENVIRONMENT.matching
LIMITS = ENVIRONMENT.limits
EXCHANGE_RATES = ENVIRONMENT.exchange_rates
DOMAIN_RESOLVER = "evenhand_server.domains.resolver.ask_dns"
WEBSITE_READER = "evenhand_server.published.website.read_https"
PROXIES = ENVIRONMENT.proxies
OPEN_INTENTS = ENVIRONMENT.open_intents
INVITATIONS_A_DAY = ENVIRONMENT.invitations_a_day
IS_PUBLIC = ENVIRONMENT.address.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "evenhand_server",  # Before allauth, so that its pages are found as ours.
    "allauth",
    "allauth.account",
    "csp",
    "django_countries",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "evenhand_server.invitations.middleware.guests",
    "evenhand_server.people.middleware.acting",
    "evenhand_server.news.middleware.seeing",
    "evenhand_server.people.middleware.refusals",
    "evenhand_server.limits.sizes.sizes",
]
ROOT_URLCONF = "evenhand_server.urls"
WSGI_APPLICATION = "evenhand_server.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evenhand_server.people.middleware.page_context",
            ],
            "builtins": ["evenhand_server.people.tags", "evenhand_server.news.tags", "evenhand_server.market.tags"],
        },
    }
]

SQLITE = {
    "ENGINE": "evenhand_server.storage.sqlite",
    "NAME": ENVIRONMENT.database_file,
    "CONN_MAX_AGE": None,
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    "TEST": {"NAME": DATA / "test.sqlite3"},
}
POSTGRESQL = dj_database_url.parse(ENVIRONMENT.database_url or "postgresql:", conn_max_age=600, conn_health_checks=True)
# PostgreSQL's planning grows with the tables it may join in any order, and most of ours follow keys from one row: left
# alone, planning an offer's seventeen statements took three times as long as all else about them.
POSTGRESQL["OPTIONS"] = {
    "options": "-c join_collapse_limit=3 -c from_collapse_limit=3 -c jit=off",
    **POSTGRESQL.get("OPTIONS", {}),
}
DATABASES = {"default": POSTGRESQL if ENVIRONMENT.database_url else SQLITE}
COUNTRIES_OVERRIDE = {"XK": "Kosovo"}  # Places know it, the standard does not.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "evenhand_server.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "evenhand_server.market.accounts.MarketAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # Only in the browser that signed up: its draft goes on.
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "", "signup": "", "reset_password": ""}  # Ours: see limits.
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_PUBLIC else "http"
LOGIN_REDIRECT_URL = "/intents"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

MAIL = urlsplit(ENVIRONMENT.mail_url)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if MAIL.hostname
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = MAIL.hostname or ""
EMAIL_PORT = MAIL.port or 25
EMAIL_HOST_USER = MAIL.username or ""
EMAIL_HOST_PASSWORD = MAIL.password or ""
EMAIL_USE_TLS = MAIL.scheme == "smtp+tls"
EMAIL_USE_SSL = MAIL.scheme == "smtps"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LARGEST_REQUEST = 20_000_000  # Three attachments and a form; what is larger is refused unread.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PUBLIC else None
SECURE_SSL_REDIRECT = IS_PUBLIC
SECURE_HSTS_SECONDS = 31_536_000 if IS_PUBLIC else 0
SESSION_COOKIE_SECURE = IS_PUBLIC
CSRF_COOKIE_SECURE = IS_PUBLIC
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address] if IS_PUBLIC else []
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
X_FRAME_OPTIONS = "DENY"
NINJA_PAGINATION_MAX_LIMIT = 100

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_tokens": {"()": "evenhand_server.storage.redaction.NoTokens"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_tokens"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"evenhand": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
