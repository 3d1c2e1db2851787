"""What the log says of requests that are nobody's fault."""

import logging


def without_traceback(record: logging.LogRecord) -> bool:
    """Let a record pass as a warning of one line; a filter of `LOGGING`."""
    record.levelno, record.levelname = logging.WARNING, "WARNING"
    record.exc_info = record.exc_text = None
    return True
