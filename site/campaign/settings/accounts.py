"""Accounts: codes by mail, single sign-on, passwords, second factors (django-allauth)."""

from typing import Any

from environs import Env

_env = Env()

ACCOUNT_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
AUTHENTICATION_BACKENDS = ["campaign.accounts.backends.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Whoever reads mail at one of these domains may sign in with a code; empty: nobody.
_domains: list[str] = _env.list("STAFF_DOMAINS", default=[])
STAFF_DOMAINS = [domain.strip().lower().lstrip("@") for domain in _domains]

# --- Ways in ------------------------------------------------------------------------------------

LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
# The addresses that prove who somebody is are not for themselves to change.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False

ACCOUNT_ADAPTER = "campaign.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    name: f"campaign.accounts.forms.{form}"
    for name, form in {
        "login": "LoginForm",
        "request_login_code": "RequestCodeForm",
        "confirm_login_code": "ConfirmCodeForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "NewPasswordForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reauthenticate": "ReauthenticateForm",
    }.items()
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Nobody signs up; the login form looks here whether there are passwords.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Somebody without access to a page is led to this form; leading them back would never end.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 60 * 60 * _env.int("SESSION_HOURS", default=12)
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60

# How often, per address of a computer, account or form's value; campaign.accounts.views says for
# how long one has to wait at most.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/5m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

# --- Second factor ------------------------------------------------------------------------------

MFA_ADAPTER = "campaign.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    name: f"campaign.accounts.forms.{form}"
    for name, form in {
        "authenticate": "SecondFactorForm",
        "reauthenticate": "SecondFactorAgainForm",
        "activate_totp": "ActivateAppForm",
        "add_webauthn": "AddKeyForm",
        "edit_webauthn": "EditKeyForm",
    }.items()
}
# Nobody makes themselves an account with somebody else's address here.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1

# --- Single sign-on -----------------------------------------------------------------------------

OIDC_URL = _env.str("OIDC_URL", default="")
OIDC_CLIENT_ID = _env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = _env.str("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = _env.str("OIDC_NAME", default="")
# Domains whose addresses count as verified although the service does not say so.
OIDC_TRUSTED_DOMAINS: list[str] = _env.list("OIDC_TRUSTED_DOMAINS", default=[])

SOCIALACCOUNT_ADAPTER = "campaign.accounts.adapter.SingleSignOnAdapter"
# A link: the policy allows forms to our own host only, and the service is another one.
SOCIALACCOUNT_LOGIN_ON_GET = True
# The service's word is enough for an account that has the same verified address.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True


def oidc_providers(url: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """Return django-allauth's settings for one service; none while something is missing."""
    if not (url and client_id and secret):
        return {}
    app = {
        "provider_id": "oidc",
        "name": name or url.partition("://")[2].partition("/")[0],
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": url.rstrip("/"), "verified_email": OIDC_TRUSTED_DOMAINS},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


SOCIALACCOUNT_PROVIDERS = oidc_providers(OIDC_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME)
