"""The website's addresses; a page's own address comes from its place in the page tree."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from home.choosing import LanguageBrowseView
from home.reserved import below_page

from . import admin_language, views
from .sitemaps import VisiblePagesSitemap

wagtailadmin_urls.page_not_found = admin_language.page_not_found
handler400 = "campaign.views.bad_request"
handler403 = "campaign.views.permission_denied"
handler404 = "campaign.views.page_not_found"
handler500 = "campaign.views.server_error"

urlpatterns = [
    # Before Wagtail's own page chooser.
    path("admin/choose-page/", require_admin_access(LanguageBrowseView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    path("api/v1/", include("api.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": VisiblePagesSitemap}}, name="sitemap"),
    path("kampagne.css", views.campaign_css, name="campaign_css"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", views.media, name="media"),
    below_page(path("impulse/teilen/", include("impulses.sharing.urls"))),
    *i18n_patterns(
        path("suche/", views.search, name="search"),
        path("suche/vorschlaege/", views.suggestions, name="suggestions"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
