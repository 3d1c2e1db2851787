"""The accounts' addresses: of django-allauth's views those that somebody needs here."""

from collections.abc import Iterable, Iterator

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.urls import URLPattern, URLResolver, include, path, re_path

from . import views

#: django-allauth asks for addresses with the service's name; there is one service.
SERVICE = {"provider_id": views.SERVICE}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="account_home"),
    path("anmelden/", views.LoginView.as_view(), name="account_login"),
    path("anmelden/code/", views.RequestCodeView.as_view(), name="account_request_login_code"),
    path(
        "anmelden/code/eingeben/",
        views.ConfirmCodeView.as_view(),
        name="account_confirm_login_code",
    ),
    path("abmelden/", account.logout, name="account_logout"),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("passwort/", account.password_change, name="account_change_password"),
    path("passwort/festlegen/", account.password_set, name="account_set_password"),
    path("passwort/vergessen/", account.password_reset, name="account_reset_password"),
    path(
        "passwort/vergessen/gesendet/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "passwort/neu/fertig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("zweiter-faktor/", views.SecondFactorView.as_view(), name="mfa_index"),
    path("zweiter-faktor/", include("allauth.mfa.urls")),
    path("sso/", views.single_sign_on_login, SERVICE, name="openid_connect_login"),
    path("sso/zurueck/", views.single_sign_on_callback, SERVICE, name="openid_connect_callback"),
    path("sso/abgebrochen/", social.login_cancelled, name="socialaccount_login_cancelled"),
]


def form_views(patterns: Iterable[URLPattern | URLResolver] = urlpatterns) -> Iterator[str]:
    """Return the names of all views here, which take forms."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from form_views(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name
