"""QR codes as rectangles, in one ink."""

from dataclasses import dataclass
from functools import lru_cache

import segno

#: White modules around the code that a reader needs (ISO/IEC 18004).
QUIET_MODULES = 4
#: The smallest module that phones read off print, in millimetres.
SMALLEST_MODULE = 0.5
#: The width that a code takes with its quiet zone, where its modules allow, in millimetres.
WIDTH = 21.0


@dataclass(frozen=True)
class QRCode:
    """A code with its quiet zone, in millimetres; `runs` are (x, y, length) of dark bars."""

    size: float
    module: float
    runs: tuple[tuple[float, float, float], ...]

    @property
    def quiet(self) -> float:
        """Return the width of the quiet zone on each side."""
        return QUIET_MODULES * self.module


@lru_cache(maxsize=64)
def make_code(url: str, width: float = WIDTH) -> QRCode:
    """Return the code for an address, `width` millimetres wide or as much wider as it has to be.

    Upper case takes fewer modules. The error level is the highest that costs no module: a larger
    module is worth more than a higher level. The last codes are remembered. Raises
    `segno.DataOverflowError` for more than a code can hold.
    """
    code = segno.make(url, error="l", boost_error=True, micro=False)
    modules = code.symbol_size(border=QUIET_MODULES)[0]
    module = round(max(width / modules, SMALLEST_MODULE), 3)
    runs = []
    for y, row in enumerate(code.matrix):
        start = None
        for x, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                place = (start + QUIET_MODULES, y + QUIET_MODULES, x - start)
                runs.append(tuple(round(part * module, 4) for part in place))
                start = None
    return QRCode(round(modules * module, 4), module, tuple(runs))  # type: ignore[arg-type]
