"""Handing one mail to the mail server, step by step, so that it is known what happened when a step fails."""

import re
import smtplib
from collections.abc import Callable
from email.utils import parseaddr

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from evenhand_server.letters.errors import MailboxRefusedError, MailPutOffError, MailRefusedError

ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
ABOUT_THE_ADDRESS = ("5.1.", "5.2.")
"""Enhanced codes that speak of the mailbox, not of us. Source: RFC 3463."""
NO_SUCH_MAILBOX = {550, 551, 552, 553}
"""What servers without enhanced codes say of a mailbox. Source: RFC 5321, 4.2.2."""
UNREACHABLE = (OSError, smtplib.SMTPException)


def deliver(message: EmailMessage, on_the_brink: Callable[[], bool]) -> bool:
    """Hand it over; false where ``on_the_brink`` said not to.

    ``on_the_brink`` is called once the server has taken sender and addressee and only the content is missing.

    Raises:
        MailPutOffError: it was certainly not sent, and may be tried again.
        MailRefusedError, MailboxRefusedError: it was certainly not sent, and trying again is of no use.
        OSError, smtplib.SMTPException: the line broke after the content; nobody can say whether it was sent.
    """
    with_server = open_connection()
    if with_server is None or with_server.connection is None:
        return on_the_brink() and bool(message.send())
    try:
        return hand_over(with_server.connection, message, on_the_brink)
    finally:
        with_server.close()


def open_connection() -> EmailBackend | None:
    """A conversation with the mail server; none where mail is only kept in a folder or in memory."""
    connection = get_connection()
    if not isinstance(connection, EmailBackend):
        return None
    try:
        connection.open()
    except smtplib.SMTPResponseException as error:
        raise MailPutOffError(answer=answer_of(error.smtp_code, error.smtp_error)) from error
    except UNREACHABLE as error:
        raise MailPutOffError(answer=type(error).__name__) from error
    return connection


def hand_over(smtp: smtplib.SMTP, message: EmailMessage, on_the_brink: Callable[[], bool]) -> bool:
    """Sender, addressee, then the content."""
    content = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg] # Django's own kind of message takes it
    try:
        smtp.ehlo_or_helo_if_needed()
        check_ours(*smtp.mail(bare(message.from_email)))
        check_address(*smtp.rcpt(bare(message.recipients()[0])))
    except UNREACHABLE as error:
        raise MailPutOffError(answer=type(error).__name__) from error
    if not on_the_brink():
        return False
    try:
        code, words = smtp.data(content)
    except smtplib.SMTPDataError as error:
        check_ours(error.smtp_code, error.smtp_error)
    else:
        check_ours(code, words)
    return True


def bare(address: str) -> str:
    """An address without a name before it, as the mail server reads it."""
    return parseaddr(sanitize_address(address, "utf-8"))[1]


def check_address(code: int, words: bytes) -> None:
    """What the server says of the addressee."""
    answer = answer_of(code, words)
    enhanced = answer.partition(" ")[2]
    if enhanced.startswith(ABOUT_THE_ADDRESS) or (not enhanced and code in NO_SUCH_MAILBOX):
        raise MailboxRefusedError(answer=answer)
    check_ours(code, words)


def check_ours(code: int, words: bytes | str) -> None:
    """What the server says of us, or of the content."""
    if code >= 500:
        raise MailRefusedError(answer=answer_of(code, words))
    if code >= 400:
        raise MailPutOffError(answer=answer_of(code, words))


def answer_of(code: int, words: bytes | str) -> str:
    """The codes of an answer, without its words."""
    found = ENHANCED.search(words.decode("ascii", "replace") if isinstance(words, bytes) else words)
    return f"{code} {found[1]}" if found else str(code)
