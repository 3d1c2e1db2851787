"""Requests to addresses that somebody else has typed: to the outside only, and not for long."""

import http.client
import ipaddress
import socket
import ssl
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

#: Seconds for connecting and for every read, and for the whole request.
STEP_TIMEOUT, TOTAL_TIMEOUT = 5.0, 10.0
#: IPv6 addresses that stand for IPv4 ones (RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class ForbiddenAddressError(ValueError):
    """An address that must not be asked; its text says why."""


class UnreachableError(OSError):
    """A request that got no answer; its text says why."""


def is_allowed(address: str) -> bool:
    """Tell whether an IP address lies outside of every private network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_allowed(str(inner))
    return ip.is_global and not ip.is_multicast


def resolve(host: str, port: int) -> list[str]:
    """Return a host's IP addresses.

    Raises `ForbiddenAddressError` unless all of them may be asked, `OSError` for an unknown host.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
    if not getattr(settings, "API_WEBHOOKS_ALLOW_PRIVATE", False):
        for address in addresses:
            if not is_allowed(address):
                raise ForbiddenAddressError(f"{host} → {address}")
    return addresses


def split(url: str) -> SplitResult:
    """Return the parts of an address; raise `ForbiddenAddressError` for what is no web address."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid or parts.username is not None:
        raise ForbiddenAddressError(url)
    return parts


def port_of(parts: SplitResult) -> int:
    """Return an address's port, the scheme's own by default."""
    return parts.port or (443 if parts.scheme == "https" else 80)


def check_address(url: str) -> None:
    """Raise `ForbiddenAddressError` for an address that may not be asked.

    One whose host is unknown at the moment passes: it is looked at again before every request.
    """
    parts = split(url)
    try:
        resolve(str(parts.hostname), port_of(parts))
    except ForbiddenAddressError:
        raise
    except (OSError, UnicodeError):
        return


class Connection(http.client.HTTPConnection):
    """A connection to an address that was looked at: its name is not looked up a second time."""

    def __init__(self, parts: SplitResult) -> None:
        super().__init__(str(parts.hostname), port_of(parts), timeout=STEP_TIMEOUT)
        self._is_https = parts.scheme == "https"

    def connect(self) -> None:
        """Connect to the first of the host's addresses that answers."""
        last: OSError = UnreachableError(self.host)
        for address in resolve(self.host, self.port):
            try:
                self.sock = socket.create_connection((address, self.port), STEP_TIMEOUT)
            except OSError as error:
                last = error
                continue
            if self._is_https:
                context = ssl.create_default_context()
                self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
            return
        raise last


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Send `body` to an address and return the answer's HTTP status; redirects are not followed.

    Raises `ForbiddenAddressError`, or `UnreachableError` when no answer came in time.
    """
    parts = split(url)
    connection = Connection(parts)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    timer = Timer(TOTAL_TIMEOUT, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", target, body, headers)
        return connection.getresponse().status
    except ForbiddenAddressError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise UnreachableError(str(error) or type(error).__name__) from error
    finally:
        timer.cancel()
        connection.close()


def _cut(connection: Connection) -> None:
    """End a request that takes too long, whatever it waits for."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # it has ended by itself
            return
