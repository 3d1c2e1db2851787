"""`manage.py remind`: send the reminders of moderation that are due."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _t

from home.moderation.reminders import AUTHOR, DESK, EVERYBODY, send_reminders


class Command(BaseCommand):
    """Remind desks and authors; a second run on the same day sends nothing again."""

    help = "Reminds of pages that wait for a check and of questions without an answer."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send what is due and count it."""
        sent = send_reminders()
        self.stdout.write(
            _t(
                "Reminders: %(desk)d to desks, %(author)d to authors; "
                "%(everybody)d passed on to all editors."
            )
            % {"desk": sent[DESK], "author": sent[AUTHOR], "everybody": sent[EVERYBODY]}
        )
