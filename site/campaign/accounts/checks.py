"""Tells of a single sign-on that is set up by half."""

from typing import Any

from django.conf import settings
from django.core import checks

NEEDED = ("OIDC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


@checks.register()
def single_sign_on_is_complete(**_kwargs: Any) -> list[Any]:
    """Ask for all three settings, or none."""
    missing = [name for name in NEEDED if not getattr(settings, name, "")]
    named = [name for name in (*NEEDED, "OIDC_NAME") if getattr(settings, name, "")]
    if not missing or not named:
        return []
    return [
        checks.Error(
            f"The single sign-on lacks {', '.join(missing)}.",
            hint=f"Set it, or take {', '.join(named)} away: there is no single sign-on so far.",
            id="campaign.E001",
        )
    ]
