"""`manage.py send_webhooks`: look for changes, and send the messages whose time has come."""

from typing import Any

from django.core.management.base import BaseCommand

from api.models import Delivery
from api.webhooks import notify


class Command(BaseCommand):
    """For a timer, where no worker tries failed deliveries again."""

    help = "Look for changes and send the webhooks' messages whose time has come."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Look and send; tell how many messages still wait for their receivers."""
        notify.enqueue()
        waiting = Delivery.objects.filter(status=Delivery.Status.PENDING, webhook__active=True)
        self.stdout.write(f"{waiting.count()} messages wait.")
