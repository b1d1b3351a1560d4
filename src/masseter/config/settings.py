"""Django's settings, made from the checked environment. The only place that knows everything."""

from __future__ import annotations

from pathlib import Path

from masseter.config.database import databases
from masseter.config.environment import kept_key, kept_secret, mail_server, read_environment
from masseter.config.keys import read_keys
from masseter.ui.languages.made import made_catalogues

ENVIRONMENT = read_environment()
DATA = ENVIRONMENT.data.resolve()
IS_DEMO = ENVIRONMENT.environment == "demo"
IS_PRODUCTION = ENVIRONMENT.environment == "production"
SOURCE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key or kept_secret(DATA, "secret-key")
AUDIT_KEY = ENVIRONMENT.audit_key or kept_secret(DATA, "audit-key")
PASSPORT_KEY = ENVIRONMENT.passport_key or kept_secret(DATA, "passport-key")
PUSH_KEY = ENVIRONMENT.push_key or kept_secret(DATA, "push-key")
PUSH_HOSTS, PUSH_TEST_SERVICE = ENVIRONMENT.push_hosts, ENVIRONMENT.push_test_service
AUDIT_ANCHORS = DATA / "audit"
PHOTOGRAPHS = Path(ENVIRONMENT.photographs).resolve() if ENVIRONMENT.photographs else DATA / "photographs"
PHOTOGRAPH_KEYS = read_keys(ENVIRONMENT.photograph_keys or kept_key(DATA, "photograph-key"))
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
BASE_URL = ENVIRONMENT.base_url or f"http://localhost:{ENVIRONMENT.port}"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
PUBLIC_CLINIC = ENVIRONMENT.public_clinic
CLOCK_FILE = ENVIRONMENT.clock_file
PROXIES = ENVIRONMENT.proxies
ROOT_URLCONF = "masseter.config.urls"
WSGI_APPLICATION = "masseter.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = databases(ENVIRONMENT)

STEPS = ["screen", "consult", "plan", "inject", "recover", "results", "follow_up"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "procrastinate.contrib.django",
    "masseter.journey.accounts",
    "masseter.journey.audit",
    "masseter.journey.people",
    "masseter.journey.messaging",
    "masseter.journey.stock",
    "masseter.journey.calendar",
    *[f"masseter.journey.{step}" for step in STEPS],
    "masseter.journey.reminding",
    "masseter.journey.record",
    "masseter.ui",
    "masseter.clinic",
    "masseter.portal",
    "masseter.config",
    # After ours, so that our templates win.
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "masseter.config.security.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "masseter.journey.accounts.sessions.PersonsSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "masseter.ui.languages.speaking.speaking",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "masseter.journey.accounts.middleware.acting_person",
]
if IS_PRODUCTION:
    MIDDLEWARE.insert(0, "masseter.config.proxies.visitors_address")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "masseter.ui.context.site",
                "masseter.clinic.navigation.navigation",
                "masseter.portal.navigation.navigation",
            ],
        },
    }
]
COTTON_DIR = "cotton"

# --- who is there ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
if ENVIRONMENT.environment == "test":
    # Hashing is made slow on purpose; the tests sign in hundreds of times.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/start/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "masseter.journey.accounts.adapter.Adapter"
MFA_ADAPTER = "masseter.journey.accounts.adapter.SecondFactorAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "request_login_code": "masseter.journey.accounts.forms.RequestCodeForm",
    "reset_password": "masseter.journey.accounts.forms.AskNewPasswordForm",
}
# Of one address: two failures are free; the next waits until ten seconds are over, then until a minute, then
# until five. Short windows come first, so that a try that is told to wait is not counted again.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,2/10s/key,3/1m/key,5/5m/key",
    "request_login_code": "60/m/ip,5/5m/key",
}
MFA_FORMS = {
    "authenticate": "masseter.journey.accounts.forms.SecondFactorForm",
    "reauthenticate": "masseter.journey.accounts.forms.SecondFactorAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION
MFA_TOTP_ISSUER = "Masseter"
MFA_TOTP_TOLERANCE = 1

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = ENVIRONMENT.idle_minutes * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_FAILURE_VIEW = "masseter.ui.errors.forged"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_PRODUCTION and PROXIES:
    # Without a proxy of ours in front, anybody could say so.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
# Limits and locks hold across server processes, so the counters live in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "TIMEOUT": 900,
        # Above this many, counters are thrown away, and locks with them: more than can be filled in time.
        "OPTIONS": {"MAX_ENTRIES": 250_000},
    }
}

# --- words, files, mail ---------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
# Of the patient's side, each by its own name; staff pages are English.
LANGUAGES = [
    ("en-gb", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [made_catalogues(DATA)]
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = IS_PRODUCTION
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if ENVIRONMENT.environment == "test":
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
# A photograph on its way in stays in memory, and of what is larger only so much is kept: see the handler.
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["masseter.config.uploads.InMemoryOnly"]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from
MAIL_FOLDER = DATA / "mail"
_mail = mail_server(ENVIRONMENT.email_url)
if _mail is not None:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_SSL = _mail.tls_from_start
    EMAIL_USE_TLS = bool(_mail.user) and not _mail.tls_from_start
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_FOLDER

TEXT_URL, TEXT_TOKEN = ENVIRONMENT.text_url, ENVIRONMENT.text_token
TEXT_REPORT_KEY = ENVIRONMENT.text_report_key
TEXT_FOLDER = DATA / "texts"
# Every room may have a module `jobs`; the queue itself lies in our database.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
