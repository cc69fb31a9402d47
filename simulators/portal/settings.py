"""Settings of the portal simulator. PORTAL_DATA: its folder; PORTAL_HALL: address of the hall that it leads to."""

import os
from pathlib import Path
from typing import Any

from simulators.portal import keys

DATA = Path(os.environ.get("PORTAL_DATA", "data/portal"))
HALL = os.environ.get("PORTAL_HALL", "http://localhost:8000").rstrip("/")
DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = keys.secret(DATA / "secret")
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "simulators.portal.urls"
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "allauth", "allauth.account", "allauth.idp", "allauth.idp.oidc", "simulators.portal",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
# A tool of its own beside the hall: one file, no server.
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA / "portal.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/choose/"
# The hall answers on the same host: cookies know no ports.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "portal_session", "portal_csrf"
LANGUAGE_CODE = "zh-hans"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

IDP_OIDC_PRIVATE_KEY = keys.signing_key(DATA / "signing.pem")
IDP_OIDC_ADAPTER = "simulators.portal.adapter.Adapter"
CLIENT_ID, CLIENT_SECRET = "laihua", keys.secret(DATA / "client_secret")
