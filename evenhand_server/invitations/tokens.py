"""Tokens of links, what a browser keeps instead of them, and digests of mailboxes.

A token is a keyed digest of the link's random id under a key that lies outside of the database, as wrapped keys do: the
database holds its hash alone, and a link can be mailed or shown again without ever having been kept.
"""

import base64
import hmac
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from evenhand.records import digest
from evenhand_server.environment import read_secret

TOKEN_BYTES = 24
CODE_DIGITS = 6
DOUBLE_CLICK = timedelta(seconds=10)
"""For so long a code that was right is still right: a browser shows what came of the second click."""
PASS_SALT = "evenhand.guest"  # noqa: S105 - names what is signed, and is no secret
LINK_PASS_SECONDS = 24 * 3600
ENTERED_PASS_SECONDS = 12 * 3600


def token_of(link_id: str) -> str:
    """The token of a link."""
    key = read_secret(settings.ENVIRONMENT.secrets_folder, "links.key")
    made = hmac.digest(key, f"link:{link_id}".encode(), "sha256")[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(made).decode()


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return digest(token.encode())


def mailbox_of(email: str) -> str:
    """A mailbox as a keyed digest: the same one in any spelling of capitals."""
    return salted_hmac("evenhand.mailboxes", email.strip().casefold(), algorithm="sha256").hexdigest()


def code_of(origin: int) -> str:
    """Six digits that nobody can guess, and that can be mailed again without ever having been kept."""
    key = read_secret(settings.ENVIRONMENT.secrets_folder, "links.key")
    made = hmac.digest(key, f"code:{origin}".encode(), "sha256")
    return f"{int.from_bytes(made) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def code_digest(invitation_id: str, code: str) -> str:
    """What is kept of a code: keyed, since six digits could be tried against a plain hash."""
    return salted_hmac("evenhand.codes", f"{invitation_id}:{code}", algorithm="sha256").hexdigest()


def seal_pass(link_id: str, *, entered: bool) -> str:
    """What a browser keeps instead of the token: which link, and whether the code was given."""
    return signing.dumps({"link": link_id, "entered": entered}, salt=PASS_SALT)


def open_pass(sealed: str) -> tuple[str, bool]:
    """The link of a pass and whether the code was given; empty for a pass that is forged or too old."""
    try:
        said = signing.loads(sealed, salt=PASS_SALT, max_age=LINK_PASS_SECONDS)
    except signing.BadSignature:
        return "", False
    if not said["entered"]:
        return said["link"], False
    try:
        signing.loads(sealed, salt=PASS_SALT, max_age=ENTERED_PASS_SECONDS)
    except signing.SignatureExpired:
        return said["link"], False
    return said["link"], True
