"""`manage.py roles`: create the editors' groups."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _t

from home.roles import UnknownPermissionError, create_roles


class Command(BaseCommand):
    """Create the groups of `home/roles.py`; a second run changes nothing."""

    help = "Creates the editors' groups and gives them the permissions that they lack."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create what is missing and name it."""
        try:
            lines = create_roles()
        except UnknownPermissionError as error:
            raise CommandError(
                _t("The permission %(name)s does not exist. Has `manage.py migrate` run?")
                % {"name": error}
            ) from error
        for line in lines:
            self.stdout.write(f"+ {line}")
        if not lines:
            self.stdout.write(_t("All groups are as they should be."))
