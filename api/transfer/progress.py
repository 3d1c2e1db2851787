"""Where an export or import has got to, in words."""

from typing import Any


class Progress:
    """A line a phase; on a terminal it counts in place."""

    def __init__(self, stream: Any) -> None:
        """Write to a command's `stdout`."""
        self._stream = stream
        self._live = bool(stream.isatty())

    def __call__(self, label: str, done: int, total: int) -> None:
        """Tell that `done` of `total` things are done; the last one ends the line."""
        ended = done >= total
        if ended or self._live:
            start = "\r" if self._live else ""
            self._stream.write(f"{start}{label}: {done}/{total}", ending="\n" if ended else "")
            self._stream.flush()
