"""A person at a browser without scripts: follows links, fills in forms, and sends them again while no answer comes."""

import secrets
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

Send = Callable[[urllib.request.Request], Any]
"""Sends a request until it is answered, however often the server dies meanwhile."""
UNNAMED = {"submit", "button", "file", "reset", "image"}
PLAIN = "application/x-www-form-urlencoded"
MOST_REDIRECTS = 5


@dataclass
class Form:
    """One form of a page: where it goes, and what it sends when nobody changes anything."""

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """Of all its fields and buttons, also those that send nothing unless somebody chooses them."""
    words: str = ""
    is_upload: bool = False

    def is_meant(self, end: str, names: Iterable[str], words: str, page: str) -> bool:
        """Whether this is the form that goes there, has these fields, and says these words."""
        goes_there = urlsplit(self.action or page).path.rstrip("/").endswith(end)
        return self.method == "post" and goes_there and self.names.issuperset(names) and words in self.words


class Reading(HTMLParser):
    """The forms, links and words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.offered: dict[str, list[str]] = {}
        self.open: Form | None = None
        self.select = self.textarea = ""
        self.is_chosen = False
        self.feed(html)

    @property
    def text(self) -> str:
        """All words, without the marks."""
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form, one of its fields, or a link."""
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in said:
            self.links.append(said["href"])
        elif tag == "form":
            is_upload = said.get("enctype") == "multipart/form-data"
            self.open = Form(said.get("action", ""), said.get("method", "get"), is_upload=is_upload)
            self.forms.append(self.open)
        elif self.open is not None:
            self.take_field(self.open, tag, said)

    def take_field(self, form: Form, tag: str, said: Mapping[str, str]) -> None:
        """What a field sends of itself."""
        name, value = said.get("name", ""), said.get("value", "")
        form.names.add(name)
        if tag == "select":
            self.select, self.is_chosen = name, False
        elif tag == "option" and self.select and ("selected" in said or not self.is_chosen):
            form.values = [pair for pair in form.values if pair[0] != self.select] + [(self.select, value)]
            self.is_chosen = "selected" in said
        elif tag == "textarea":
            self.textarea = name
            form.values.append((name, ""))
        elif tag == "input" and name and said.get("type") not in UNNAMED:
            self.offered.setdefault(name, []).append(value)
            is_box = said.get("type") in {"radio", "checkbox"}
            if not is_box or "checked" in said:
                form.values.append((name, value or ("on" if is_box else "")))

    def handle_endtag(self, tag: str) -> None:
        """The end of a form or of a field."""
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        """Words of the page, or those that stand in a field already."""
        if self.open is not None:
            self.open.words += data
        if self.textarea and self.open is not None:
            name, known = self.open.values.pop()
            self.open.values.append((name, known + data))
        self.words.append(data)


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a redirect is an answer, and its cookies count before the next page is asked for."""

    def redirect_request(self, *_: Any) -> None:
        """Stay here."""


@dataclass
class Visitor:
    """One person with cookies of their own."""

    site: str
    send: Send
    jar: CookieJar = field(default_factory=CookieJar)
    address: str = ""
    page: Reading = field(default_factory=lambda: Reading(""))
    body: bytes = b""

    def go(self, address: str) -> Reading:
        """Open a page, or what the answer leads to."""
        return self.ask(urllib.request.Request(urljoin(f"{self.site}{self.address}", address)))

    def follow(self, end: str) -> Reading:
        """Follow the first link of the page whose address ends so."""
        found = next((link for link in self.page.links if urlsplit(link).path.endswith(end)), None)
        assert found is not None, f"no link to {end} on {self.address}: {self.page.text[:3000]}"
        return self.go(found)

    def fill_in(
        self,
        end: str,
        values: Mapping[str, str] | None = None,
        *,
        words: str = "",
        file: tuple[str, bytes] | None = None,
    ) -> Reading:
        """Change these values in the form that goes there and has them, and send it."""
        values = values or {}
        form = next((form for form in self.page.forms if form.is_meant(end, values, words, self.address)), None)
        assert form is not None, f"no form to {end} on {self.address}: {self.page.text[:3000]}"
        sent = [pair for pair in form.values if pair[0] not in values] + list(values.items())
        content, kind = multipart(sent, file) if form.is_upload else (urlencode(sent).encode(), PLAIN)
        address = urljoin(f"{self.site}{self.address}", form.action)
        return self.ask(urllib.request.Request(address, content, {"Content-Type": kind}, method="POST"))

    def ask(self, request: urllib.request.Request) -> Reading:
        """Send it, keep the cookies of the answer, and go where that leads."""
        for _ in range(MOST_REDIRECTS):
            request.add_header("Referer", f"{self.site}{self.address}")
            self.jar.add_cookie_header(request)
            answer = self.send(request)
            self.jar.extract_cookies(answer, request)
            self.address = urlsplit(request.full_url).path
            if answer.status not in {301, 302, 303}:
                break
            request = urllib.request.Request(urljoin(request.full_url, answer.headers["Location"]))
        self.body = answer.whole
        assert answer.status < 400, f"{answer.status} at {self.address}: {Reading(self.body.decode()).text[:1500]}"
        is_page = "html" in answer.headers.get("Content-Type", "")
        self.page = Reading(self.body.decode() if is_page else "")
        return self.page


def multipart(values: list[tuple[str, str]], file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    """A form with a file, as browsers send it."""
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values
    ]
    if file is not None:
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
        parts.append(f"{head}Content-Type: text/csv\r\n\r\n".encode() + file[1] + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
