"""Two traps for robots, which ask people nothing: a field nobody sees, and how fast one was."""

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _t

#: Nobody reads the last step in fewer seconds.
QUICKEST = 3
_SALT = "impulses.sharing"


def stamp(token: object) -> str:
    """Return the moment in which the form of a submission is shown, signed."""
    return signing.dumps([str(token), timezone.now().timestamp()], salt=_SALT)


def shown_at(token: object, stamped: str) -> float | None:
    """Return the moment that a stamp names; None if it is not ours or another submission's."""
    try:
        owner, moment = signing.loads(stamped, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return float(moment) if owner == str(token) else None


def suspicion(token: object, stamped: str, hidden: str) -> str:
    """Return what to ask somebody who fills the form like a robot; "" for all others."""
    if hidden.strip():
        return _t("A field that should stay empty was filled in. Please send the form once more.")
    moment = shown_at(token, stamped)
    if moment is None or timezone.now().timestamp() - moment < QUICKEST:
        return _t("That was very quick. Please look over your story once more, and then send it.")
    return ""
