"""Settings that every installation shares; the environment overrides what differs between them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO
from environs import Env
from marshmallow.validate import OneOf

from campaign.logs import without_traceback
from campaign.origins import origins

from .accounts import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"

env = Env()

# What this installation keeps: database, uploads, keys.
VAR_DIR = env.path("VAR_DIR", default=BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- Applications -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "campaign",
    "demo",
    "blog",
    "postcards",
    "impulses",
    "home",
    "api",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "corsheaders",
    "wagtail_headless_preview",
    "ninja",
    "post_office",
    *ACCOUNT_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "campaign.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "campaign.middleware.BadRequestMiddleware",
    "campaign.page_cache.PageCacheMiddleware",
    "campaign.middleware.MethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "campaign.accounts.middleware.AccountsMiddleware",
    "home.lookups.LookupsMiddleware",
    "campaign.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "campaign.urls"
WSGI_APPLICATION = "campaign.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.campaign",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------

# SQLite works with nothing set; DATABASE_URL names another database.
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'haltung.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers do not block writers, and a second writer waits instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# An OpenSearch that answers the site's searches, and the name of our index there.
SEARCH_URL = env.str("SEARCH_URL", default="")
SEARCH_INDEX = env.str("SEARCH_INDEX", default="haltung")

# How long a rendered page is kept while no content changes; 0 renders every time.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=300)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Languages ----------------------------------------------------------------------------------

# Leichte Sprache is a locale of its own (BCP 47 "simple" subtag); Django does not know it.
LANG_INFO["de-simple"] = {
    "bidi": False,
    "code": "de-simple",
    "name": "German (Leichte Sprache)",
    "name_local": "Leichte Sprache",
    "fallback": ["de"],
}
LANGUAGE_CODE = "de"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("de", "Deutsch"),
    ("de-simple", "Leichte Sprache"),
    ("en", "English"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "campaign.formats"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# A translation is a text of its own and goes live only when somebody publishes it.
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# --- Work beside the request ---------------------------------------------------------------------

# "immediate" does it within the request; "database" leaves it to `manage.py db_worker`.
TASKS_BACKEND = env.str(
    "TASKS_BACKEND", default="immediate", validate=OneOf(["immediate", "database"])
)
TASKS = {
    "default": {
        "BACKEND": {
            "immediate": "django_tasks.backends.immediate.ImmediateBackend",
            "database": "django_tasks_db.DatabaseBackend",
        }[TASKS_BACKEND]
    }
}
if TASKS_BACKEND == "database":
    INSTALLED_APPS.append("django_tasks_db")

# --- Mails --------------------------------------------------------------------------------------

# Every mail waits in the database until a server has taken it; see campaign/outbox.py.
EMAIL_BACKEND = "post_office.EmailBackend"
EMAIL_TIMEOUT = 10
POST_OFFICE: dict[str, Any] = {
    "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
    "DEFAULT_PRIORITY": "medium",
    "MAX_RETRIES": env.int("EMAIL_RETRIES", default=50),
    "RETRY_INTERVAL": timedelta(minutes=env.int("EMAIL_RETRY_MINUTES", default=10)),
    "MESSAGE_ID_ENABLED": True,
}

# --- Files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=VAR_DIR / "static")
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=VAR_DIR / "media")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Output profiles beside FOGRA39 that print shops may ask for: names and paths of ICC files.
PRINT_PROFILES: dict[str, str] = env.dict("PRINT_PROFILES", default={})

# --- Content API ---------------------------------------------------------------------------------

# Requests that one address may make, and the seconds for which caches need not ask.
API_THROTTLE_RATE = env.str("API_THROTTLE_RATE", default="1200/min")
API_MAX_AGE = env.int("API_MAX_AGE", default=60)
# Whether webhooks may reach addresses of the own network.
API_WEBHOOKS_ALLOW_PRIVATE = env.bool("API_WEBHOOKS_ALLOW_PRIVATE", default=False)
# Whose word counts for the client's address: nobody's but the connection's own.
NINJA_NUM_PROXIES = 0

# --- Wagtail ------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Haltung"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAILIMAGES_IMAGE_MODEL = "home.CampaignImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.CampaignImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"webp": "webp", "avif": "avif"}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
VIDEOS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "home.search_backend"}}
# How many days searches without a result are told to editors.
WAGTAILSEARCH_HITS_MAX_AGE = env.int("SEARCH_MISSES_DAYS", default=90)
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Dates as people write them here; with Wagtail's own format a typed "24.12.2027" becomes today.
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
TAGGIT_CASE_INSENSITIVE = True
# The admin asks nobody outside: no avatars, no update check, no banners.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# --- Front ends elsewhere -----------------------------------------------------------------------

# A headless client shows the pages, for a site's host name or by default.
HEADLESS_CLIENT_URLS: dict[str, str] = env.dict("HEADLESS_CLIENT_URLS", default={})
WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": HEADLESS_CLIENT_URLS}
# False: pages lead to the client; API, admin, media and documents stay.
HEADLESS_RENDER_PAGES = env.bool("HEADLESS_RENDER_PAGES", default=True)

# Whose scripts may read the API in a browser; "*" for everybody's. It never takes cookies.
_origins: list[str] = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_ALLOW_ALL_ORIGINS = "*" in _origins
CORS_ALLOWED_ORIGINS = [origin for origin in _origins if origin != "*"]
# A player takes captions from another host only if that host allows it.
CORS_URLS_REGEX = r"^/(api/v1|media/videos)/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "accept-language", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After"]

# Who may show cards of the campaign in a frame: origins, or "*" for everybody.
EMBED_FRAME_ANCESTORS: list[str] = env.list("EMBED_FRAME_ANCESTORS", default=["*"])

# --- Logs --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {
        "without_traceback": {"()": lambda: without_traceback},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django_tasks": {"level": "WARNING"},  # tells of every task twice
        "fontTools": {"level": "WARNING"},  # tells of every glyph
        "pikepdf": {"level": "WARNING"},  # tells that it is there
        # Anyone may ask for a host that is not ours; the answer is a plain 400.
        "django.security.DisallowedHost": {"filters": ["without_traceback"]},
    },
}

# --- Security -----------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "SAMEORIGIN"
# Our own middleware sets X-Frame-Options, beside frame-ancestors, on every answer.
SILENCED_SYSTEM_CHECKS = ["security.W002"]
CSRF_FAILURE_VIEW = "campaign.views.csrf_failure"

# Content Security Policies in the form of Django 6, one for each kind of answer.
SECURE_CSP: dict[str, list[str] | bool] = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "media-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
# Wagtail's admin sets styles and starts scripts inside its pages.
SECURE_CSP_ADMIN: dict[str, list[str] | bool] = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    # The preview shows the headless client.
    "frame-src": ["'self'", *origins(HEADLESS_CLIENT_URLS.values())],
    "media-src": ["'self'", "blob:"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
# A card in another site: no script, no form, and who may frame it is a setting.
SECURE_CSP_EMBED: dict[str, list[str] | bool] = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": EMBED_FRAME_ANCESTORS or ["'none'"],
}
# Policies of single views, by name.
SECURE_CSP_VIEWS = {"api:get_embed": SECURE_CSP_EMBED}
# What people uploaded runs nothing and loads nothing.
SECURE_CSP_FILES: dict[str, list[str] | bool] = {"default-src": ["'none'"], "sandbox": True}
