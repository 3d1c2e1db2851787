"""`manage.py person export|erase ADDRESS`: what is stored about a person."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _t

from home import personal


class Command(BaseCommand):
    """Tell or erase what is stored about the person with an e-mail address."""

    help = "Exports what is stored about a person as JSON, or erases it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and whose data they are."""
        parser.add_argument("what", choices=["export", "erase"])
        parser.add_argument("address", help="the person's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        people = personal.find_people(options["address"])
        if not people:
            raise CommandError(_t("This is no e-mail address."))
        if options["what"] == "export":
            found = [personal.export(person) for person in people]
            text = json.dumps(
                [data for data in found if data],
                ensure_ascii=False,
                indent=2,
                cls=DjangoJSONEncoder,
            )
            self.stdout.write(text)
            return
        for person in people:
            try:
                erased = personal.erase(person)
            except personal.NotErasableError:
                raise CommandError(
                    _t("This is an administrator. Please take that role away first.")
                ) from None
            counts = ", ".join(
                f"{personal.label_of(name)}: {count}" for name, count in erased.items()
            )
            self.stdout.write(_t("Erased: %(counts)s.") % {"counts": counts})
