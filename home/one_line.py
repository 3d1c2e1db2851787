"""Texts of one line: names and titles, which stand in greetings, subjects and tables."""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

#: Control characters (Unicode's Cc), and the two separators that end a line like them.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

#: Refuses a text with a line break, or with what nobody can see. For fields of forms.
one_line = RegexValidator(
    CONTROL,
    _("Please write this in one line, without control characters."),
    code="control_characters",
    inverse_match=True,
)


def readable(text: str) -> str:
    """Return a text in one line without control characters, to be shown."""
    return " ".join(CONTROL.sub(" ", text).split())
