"""The website's addresses; a page's own address comes from its place in the page tree."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from home.choosing import KnownChosenView, LanguageBrowseView
from home.reserved import below_page

from . import admin_language, views
from .accounts import views as accounts
from .sign_off import sign_off
from .sitemaps import VisiblePagesSitemap

wagtailadmin_urls.page_not_found = admin_language.page_not_found
handler400 = "campaign.views.bad_request"
handler403 = "campaign.views.permission_denied"
handler404 = "campaign.views.page_not_found"
handler500 = "campaign.views.server_error"
# django-allauth's own addition.
handler429 = "campaign.accounts.views.too_many_requests"

urlpatterns = [
    path("konto/", include("campaign.accounts.urls")),
    # Wagtail's own forms know of no second factor.
    path("admin/login/", accounts.to_login),
    re_path("^admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    # Before Wagtail's own page chooser.
    path("admin/choose-page/", require_admin_access(LanguageBrowseView.as_view())),
    path(
        "admin/choose-page/<int:parent_page_id>/",
        require_admin_access(LanguageBrowseView.as_view()),
    ),
    path("admin/choose-page/chosen-multiple/", require_admin_access(KnownChosenView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    path("api/v1/", include("api.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": VisiblePagesSitemap}}, name="sitemap"),
    path("freigabe/<str:token>/", sign_off, name="sign_off"),
    path("kampagne.css", views.campaign_css, name="campaign_css"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", views.media, name="media"),
    below_page(path("impulse/teilen/", include("impulses.sharing.urls"))),
    path("", include("postcards.urls")),
    *i18n_patterns(
        path("suche/", views.search, name="search"),
        path("suche/vorschlaege/", views.suggestions, name="suggestions"),
        path("_util/login/", accounts.to_login),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
