#!/usr/bin/env python3
"""Django's command line, with the website's folder on the path."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the management command named in the arguments."""
    sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
