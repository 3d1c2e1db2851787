"""`manage.py send_webhooks`: look for changes, and send the messages whose time has come."""

from typing import Any

from django.core.management.base import BaseCommand

from api.webhooks import notify, send_due


class Command(BaseCommand):
    """For a timer, where no worker tries failed deliveries again."""

    help = "Look for changes and send the webhooks' messages whose time has come."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Look and send; tell how many messages are still due."""
        notify.enqueue()
        self.stdout.write(f"{send_due()} messages are due.")
