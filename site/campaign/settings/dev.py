"""Settings for a developer's machine and the first look: `python3 run.py`."""

import secrets

from .base import *  # noqa: F403
from .base import POST_OFFICE, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def _local_secret() -> str:
    """Return this machine's own key, made once, so that sessions survive a restart."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii")


SECRET_KEY = _local_secret()
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
POST_OFFICE["BACKENDS"]["default"] = "django.core.mail.backends.console.EmailBackend"

# The demo campaign's municipality.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="haltung@musterstadt.example")
STAFF_DOMAINS = env.list("STAFF_DOMAINS", default=["musterstadt.example"])
# Browsers take security keys at "localhost" without TLS, too.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
