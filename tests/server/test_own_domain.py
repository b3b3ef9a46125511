"""What a vendor's own website says of its terms and key: asked with care, compared, and told to nobody else."""

import datetime
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import Client
from django.utils import timezone

from evenhand_server.interests.actions import set_standing_acceptances
from evenhand_server.keys.actions import rotate_key
from evenhand_server.people.actions import keep_verified
from evenhand_server.people.actor import Actor
from evenhand_server.published import website
from evenhand_server.published.website import Answer, WebsiteUnreachableError, follow, is_public, read_from, read_https
from tests.market import browser_of
from tests.programs import program_of

pytestmark = pytest.mark.django_db
DOMAIN = "hullcycles.example"
TERMS, KEY = f"https://{DOMAIN}/.well-known/myterms.json", f"https://{DOMAIN}/.well-known/evenhand-key.json"
SITE: dict[str, Answer] = {}
ASKED: list[str] = []


def answer_of_site(address: str) -> Answer:
    """A small Internet for these tests."""
    ASKED.append(address)
    if address not in SITE:
        raise WebsiteUnreachableError
    return SITE[address]


@pytest.fixture(autouse=True)
def _own_internet(settings: Any) -> None:
    """Ask the small Internet."""
    settings.WEBSITE_READER = f"{__name__}.answer_of_site"
    SITE.clear()
    ASKED.clear()


@pytest.fixture
def shop(hull_cycles: Actor) -> Actor:
    """Hull Cycles with a verified domain, a key, and terms that it accepts from anybody."""
    set_standing_acceptances(hull_cycles, frozenset({"PDC-INTENT", "SD-BASE"}))
    rotate_key(hull_cycles)
    keep_verified(hull_cycles.party_id, DOMAIN, timezone.now() + datetime.timedelta(days=9))
    hull_cycles.party.refresh_from_db()
    return hull_cycles


def document(shop: Actor, name: str, **changes: object) -> Answer:
    """A copy of what this server publishes, perhaps changed."""
    found = Client().get(f"/organisations/{shop.party.public_id}/{name}").json()
    return Answer(200, content=json.dumps({**found, **changes}).encode())


def states(shop: Actor) -> dict[str, str]:
    """What a program is told of each address."""
    answer = program_of(shop).post("/me/website_checks")
    assert answer.status == 201
    return {one["address"]: one["state"] for one in answer["looks"]}


def test_a_redirect_to_the_documents_here_is_what_the_page_asks_for(shop: Actor) -> None:
    browser = browser_of(shop)
    page = browser.get("/me/website")
    assert not ASKED
    for place in page.context["places"]:
        assert place.ours in page.content.decode()
        SITE[place.at] = Answer(302, leads_to=place.ours)
    told = browser.post("/me/website").content.decode()
    assert told.count("Leads here: always the same") == 2
    assert ASKED == [TERMS, KEY]


def test_a_copy_that_is_up_to_date_says_the_same(shop: Actor) -> None:
    SITE[TERMS], SITE[KEY] = document(shop, "myterms.json"), document(shop, "evenhand-key.json")
    assert states(shop) == {TERMS: "same", KEY: "same"}


def test_a_copy_that_got_old_is_told_with_what_differs(shop: Actor) -> None:
    SITE[TERMS], SITE[KEY] = document(shop, "myterms.json"), document(shop, "evenhand-key.json")
    set_standing_acceptances(shop, frozenset({"PDC-INTENT", "SD-BASE-DP"}))
    rotate_key(shop)
    looks = program_of(shop).post("/me/website_checks")["looks"]
    assert [one["state"] for one in looks] == ["differs", "differs"]
    assert (looks[0]["missing"], looks[0]["extra"]) == (["SD-BASE-DP"], ["SD-BASE"])
    told = browser_of(shop).post("/me/website").content.decode()
    assert "Only here:" in told
    assert "Only there:" in told


def test_terms_with_another_text_are_not_the_same_terms(shop: Actor) -> None:
    listed = json.loads(document(shop, "myterms.json").content)["agreements"]
    listed[0]["text"] = "sha256:" + "0" * 64
    SITE[TERMS] = document(shop, "myterms.json", agreements=listed)
    assert states(shop)[TERMS] == "differs"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(404), "missing"),
        (Answer(500, content=b"{}"), "missing"),
        (Answer(200, content=b"<html>"), "unreadable"),
        (Answer(200, content=b"[" * 100_000), "unreadable"),
        (Answer(200, content=b'{"agreements": 3}'), "differs"),
        (Answer(200, content=b" " * (website.MOST_BYTES + 1)), "unreadable"),
        (None, "unreachable"),
    ],
)
def test_whatever_stands_there_is_told_and_breaks_nothing(shop: Actor, answer: Answer | None, state: str) -> None:
    if answer is not None:
        SITE[TERMS] = answer
    assert states(shop)[TERMS] == state


def test_a_key_document_of_no_shape_is_unreadable(shop: Actor) -> None:
    SITE[KEY] = Answer(200, content=b'{"format": 1, "key": "did:key:zNone"}')
    assert states(shop)[KEY] == "unreadable"


def test_redirects_are_followed_within_the_domain_only() -> None:
    www = TERMS.replace(DOMAIN, f"www.{DOMAIN}")
    SITE[TERMS], SITE[www] = Answer(301, leads_to=www), Answer(200, content=b"{}")
    assert follow(TERMS, []).status == 200
    strangers = (
        "https://evil.example/x",
        www.replace("https", "http"),
        f"https://x{DOMAIN}/",
        f"https://{DOMAIN}:8443/",
    )
    for stranger in strangers:
        ASKED.clear()
        SITE[TERMS] = Answer(302, leads_to=stranger)
        assert follow(TERMS, []).status == 302
        assert ASKED == [TERMS]
    SITE[TERMS] = Answer(302, leads_to=TERMS)
    ASKED.clear()
    assert follow(TERMS, []).status == 302
    assert len(ASKED) == website.MOST_STEPS


def test_who_has_shown_no_domain_makes_this_server_ask_nobody(hull_cycles: Actor, tom: Actor) -> None:
    for actor in (hull_cycles, tom):
        assert program_of(actor).post("/me/website_checks").status == 404
        assert "First show that the domain is yours" in browser_of(actor).post("/me/website").content.decode()
    assert not ASKED


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1%eth0", "fd00::1",  # noqa: S104
     "::ffff:127.0.0.1", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_no_network_of_its_own_is_asked(address: str) -> None:
    assert not is_public(address)


def test_a_name_that_leads_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: rows)
    assert is_public("93.184.216.34")
    with pytest.raises(WebsiteUnreachableError):
        read_https(TERMS)


class Site(BaseHTTPRequestHandler):
    """A website with one document, a redirect, and a page that never ends."""

    def do_GET(self) -> None:
        """Answer."""
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            threading.Event().wait(5)
            return
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Location", "/here")
        self.end_headers()
        self.wfile.write(b"x" * (2 * website.MOST_BYTES) if self.path == "/long" else b"{}")

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def https(tmp_path: Path) -> Iterator[tuple[int, ssl.SSLContext]]:
    """A website over HTTPS on this machine, and what trusts its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DOMAIN)])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(DOMAIN)]), critical=False)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    kept = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = tmp_path / "site.pem"
    file.write_bytes(certificate + key.private_bytes(*kept))
    server = HTTPServer(("127.0.0.1", 0), Site)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], ssl.create_default_context(cadata=certificate.decode())
    server.shutdown()
    server.server_close()


def test_a_real_website_is_read_and_its_certificate_checked(https: tuple[int, ssl.SSLContext]) -> None:
    port, trusting = https
    assert read_from("127.0.0.1", DOMAIN, "/x", context=trusting, port=port) == Answer(
        200, f"https://{DOMAIN}/here", b"{}"
    )
    assert read_from("127.0.0.1", DOMAIN, "/away", context=trusting, port=port).leads_to == f"https://{DOMAIN}/here"
    long = read_from("127.0.0.1", DOMAIN, "/long", context=trusting, port=port)
    assert len(long.content) == website.MOST_BYTES + 1
    for host, context in (("other.example", trusting), (DOMAIN, ssl.create_default_context())):
        with pytest.raises(WebsiteUnreachableError):
            read_from("127.0.0.1", host, "/x", context=context, port=port)


def test_a_website_that_never_ends_is_given_up(
    https: tuple[int, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, trusting = https
    monkeypatch.setattr(website, "LONGEST_SECONDS", 0.3)
    with pytest.raises(WebsiteUnreachableError):
        read_from("127.0.0.1", DOMAIN, "/slow", context=trusting, port=port)
