"""Origins, as policies and browsers name them."""

from collections.abc import Iterable
from urllib.parse import urlsplit


def origins(addresses: Iterable[str]) -> list[str]:
    """Return the scheme, host and port of each address, once; addresses without them are left out.

    "https://front.example/de/" has the origin "https://front.example".
    """
    parts = (urlsplit(address) for address in addresses)
    found = (f"{part.scheme}://{part.netloc}" for part in parts if part.scheme and part.netloc)
    return list(dict.fromkeys(found))
