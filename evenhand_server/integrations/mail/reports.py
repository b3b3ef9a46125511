"""Reading reports of mail that came back (delivery status notifications, RFC 3464): which letter, to whom, and why."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message

LETTER = re.compile(r"<([0-9a-f]{32})@[^>]+>")
"""Our Message-IDs: the random id of a letter. Only whoever got the letter, or carried it, knows it."""
MBOX_FROM = re.compile(rb"(?m)^From [^\r\n]*\r?\n")
FAILED_FOR_GOOD = "failed"


@dataclass(frozen=True, slots=True)
class Report:
    """That one letter could not be brought to one address."""

    letter: str
    address: str
    status: str


def messages_in(content: bytes) -> Iterator[EmailMessage]:
    """Every mail in a file: one mail, or several as the format mbox puts them one after the other."""
    mails = MBOX_FROM.split(content)[1:] if content.startswith(b"From ") else [content]
    for mail in mails:
        yield email.message_from_bytes(mail, policy=email.policy.default)


def reports_in(message: Message) -> Iterator[Report]:
    """What a mail reports as failed for good; nothing where it is no report, or not about a letter of ours."""
    if message.get_content_type() != "multipart/report":
        return
    parts = [part for part in message.walk() if part is not message]
    letter = letter_in(parts)
    for part in parts:
        if letter and part.get_content_type() == "message/delivery-status":
            yield from failures_in(part, letter)


def failures_in(part: Message, letter: str) -> Iterator[Report]:
    """The addressees of a report to whom it could not be brought; each is a group of fields of its own."""
    groups = part.get_payload()
    for group in groups if isinstance(groups, list) else ():
        action = str(group.get("Action", "")).strip().lower()  # type: ignore[union-attr] # its parts are messages
        to = str(group.get("Original-Recipient") or group.get("Final-Recipient") or "")  # type: ignore[union-attr]
        if action == FAILED_FOR_GOOD and ";" in to:
            status = str(group.get("Status", "")).strip()[:20]  # type: ignore[union-attr]
            yield Report(letter, to.partition(";")[2].strip().strip("<>").lower(), status)


def letter_in(parts: list[Message]) -> str:
    """The letter that came back, by the Message-ID in what was returned of it; empty where it is none of ours."""
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            headers = email.message_from_bytes(payload if isinstance(payload, bytes) else b"")
        elif part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            headers = inner[0] if isinstance(inner, list) and inner else Message()  # type: ignore[assignment]
        else:
            continue
        found = LETTER.search(str(headers.get("Message-ID", "")))
        if found:
            return found[1]
    return ""
