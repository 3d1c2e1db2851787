"""Settings of the tests: like production where it matters, quick where it does not."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, VAR_DIR

DEBUG = False
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because the browser tests' server runs in a thread of its own.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
WAGTAILADMIN_BASE_URL = "http://localhost"
PAGE_CACHE_SECONDS = 0
MEDIA_ROOT = Path(tempfile.gettempdir()) / "haltung-test-media"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STAFF_DOMAINS = ["stadt.example"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
