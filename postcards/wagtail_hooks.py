"""Cards in the admin."""

from . import file_report, print_data  # noqa: F401 -- their hooks
