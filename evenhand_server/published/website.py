"""Reading one document from a vendor's own website: over HTTPS, at addresses of the open net, and not for long."""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from evenhand.errors import EvenhandError

HTTPS = 443
LONGEST_SECONDS = 8.0
MOST_BYTES = 256 * 1024
MOST_STEPS, MOST_ADDRESSES = 3, 3
LEADS_ON = {301, 302, 303, 307, 308}


class WebsiteUnreachableError(EvenhandError):
    """Nothing answers there over HTTPS, or not in time, or not at an address that all the world reaches."""

    code = "website_unreachable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from one address: the status, where it leads, and the content."""

    status: int
    leads_to: str = ""
    content: bytes = b""


def look_at(address: str) -> Answer:
    """What stands at an address, by whatever reader this server was given."""
    read: Callable[[str], Answer] = import_string(settings.WEBSITE_READER)
    return read(address)


def follow(address: str, ours: Iterable[str]) -> Answer:
    """What stands at an address or where it leads within the same domain; one of ``ours`` is not asked, only named."""
    domain = urlsplit(address).hostname or ""
    for _ in range(MOST_STEPS):
        answer = look_at(address)
        if answer.status not in LEADS_ON or answer.leads_to in ours:
            return answer
        address = answer.leads_to
        place = urlsplit(address)
        host = place.hostname or ""
        if (
            place.scheme != "https"
            or not (host == domain or host.endswith(f".{domain}"))
            or place.port not in {None, HTTPS}
        ):
            return answer
    return answer


def read_https(address: str) -> Answer:
    """Ask the website, at an address of the open net only: a domain may not make this server ask its own neighbours."""
    place = urlsplit(address)
    host = place.hostname or ""
    for where in public_addresses(host)[:MOST_ADDRESSES]:
        try:
            return read_from(where, host, place.path or "/", context=ssl.create_default_context())
        except WebsiteUnreachableError:
            continue  # A machine without IPv6 reaches the next one.
    raise WebsiteUnreachableError


def public_addresses(host: str) -> list[str]:
    """The addresses of a name, if all of them belong to the open net."""
    try:
        rows = socket.getaddrinfo(host, HTTPS, type=socket.SOCK_STREAM)
    except OSError:
        return []
    found = [str(row[4][0]) for row in rows]
    return found if all(is_public(one) for one in found) else []


def is_public(address: str) -> bool:
    """Neither this machine nor any network of its own."""
    known = ipaddress.ip_address(address.partition("%")[0])
    return known.is_global and not known.is_multicast


def read_from(where: str, host: str, path: str, *, context: ssl.SSLContext, port: int = HTTPS) -> Answer:
    """Ask a website at one address for one path. The clock runs from the first byte to the last."""
    try:
        with socket.create_connection((where, port), timeout=LONGEST_SECONDS) as plain:
            clock = Timer(LONGEST_SECONDS, shut, [plain])
            clock.daemon = True
            clock.start()
            try:
                return ask(context.wrap_socket(plain, server_hostname=host), host, path)
            finally:
                clock.cancel()
    except (OSError, HTTPException) as error:
        raise WebsiteUnreachableError from error


def shut(plain: socket.socket) -> None:
    """The time is over: whoever waits for more gets an error."""
    try:
        plain.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def ask(secure: ssl.SSLSocket, host: str, path: str) -> Answer:
    """One request on an open line."""
    line = HTTPSConnection(host)
    line.sock = secure
    try:
        line.request("GET", path, headers={"Accept": "application/json", "User-Agent": "Evenhand"})
        response = line.getresponse()
        content = response.read(MOST_BYTES + 1)
        leads_to = response.headers.get("Location", "")
        return Answer(response.status, urljoin(f"https://{host}{path}", leads_to) if leads_to else "", content)
    finally:
        line.close()
