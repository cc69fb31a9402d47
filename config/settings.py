"""Settings of the hall. What differs between installations comes from `laihua.kernel.environment` and nowhere else."""

from pathlib import Path
from typing import Any

import django_stubs_ext

from laihua.kernel import environment
from laihua.kernel.databases import from_url

django_stubs_ext.monkeypatch()  # so that `models.Field[Any, Any]` can be written in annotations that run

ENVIRONMENT = environment.read()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = ENVIRONMENT.data
DEMO = ENVIRONMENT.demo
DEBUG = False

# Keys
SECRET_KEY = ENVIRONMENT.secret_key
FIELD_KEYS = ENVIRONMENT.field_keys
INDEX_KEY = ENVIRONMENT.index_key
SEAL_KEY = ENVIRONMENT.seal_key
SIGNING_CERTIFICATE = ENVIRONMENT.signing_certificate
SIGNING_KEY = ENVIRONMENT.signing_key
TIMESTAMP_URL = ENVIRONMENT.timestamp_url
IDENTITY_PROVIDER = ENVIRONMENT.identity_provider
PORTALS = ENVIRONMENT.portals    # file of the portals that one may come from, or None

# Web
PUBLIC_URL = ENVIRONMENT.public_url
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_htmx",
    "django_cotton",
    "laihua.kernel",
    "laihua.accounts",
    "laihua.units",
    "laihua.notifications",
    "laihua.bulletins",
    "laihua.prechecks",
    "laihua.catalog",
    "laihua.cases",
    "laihua.permits",
    "laihua.portal",
    "laihua.portal.public",
    "laihua.portal.account",
    "laihua.portal.applicant",
    "laihua.portal.officer",
    "laihua.portal.operator",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "laihua.kernel.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "laihua.accounts.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "laihua.portal.limits.RequestLimits",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "laihua.portal.context.frame",
            ],
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
        },
    },
]
COTTON_DIR = "cotton"

# Database and jobs
DATABASES = {"default": from_url(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # the worker looks for them: laihua.kernel.jobs.find

# People
AUTH_USER_MODEL = "accounts.Account"
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
LOGIN_URL = "/sign-in/"

# Sessions and transport
SESSION_ENGINE = "laihua.accounts.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600   # seconds from sign-in, whatever happens
SESSION_IDLE = 30 * 60           # seconds without a request
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "laihua.portal.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Uploads: one material is at most 2 MB; the rest is the form around it
REQUEST_BYTES = 8 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 4

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Files: `sealed` holds what people upload and what the hall issues, encrypted, in a folder or an S3 bucket
FILE_STORE: dict[str, Any] = {
    "BACKEND": "laihua.kernel.storage.AtomicFileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"},
}
if ENVIRONMENT.s3_endpoint:
    FILE_STORE = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "endpoint_url": ENVIRONMENT.s3_endpoint, "bucket_name": ENVIRONMENT.s3_bucket,
            "region_name": ENVIRONMENT.s3_region or None, "access_key": ENVIRONMENT.s3_access_key,
            "secret_key": ENVIRONMENT.s3_secret_key, "file_overwrite": True, "addressing_style": "path",
        },
    }

# Static files
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES: dict[str, Any] = {
    "default": FILE_STORE,
    "sealed": {"BACKEND": "laihua.kernel.storage.EncryptedStorage", "OPTIONS": {"inner": FILE_STORE}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING_CONFIG = "laihua.kernel.logs.configure"
LOGGING: dict[str, Any] = {"version": 1}     # Django calls the function above only when this is not empty
