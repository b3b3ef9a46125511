"""A real mail server on this machine: what our server sends arrives here as anywhere, and people read it."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.browser.steps import LONGEST_WAIT

LINK = re.compile(r"http://[^/\s]+(/[\w/:-]*)(?=\s)")
CODE = re.compile(r"^\d{6}$", re.MULTILINE)


@dataclass
class Mailboxes:
    """All mail that arrived, in order."""

    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""
    refused: dict[str, str] = field(default_factory=dict)
    """What to say instead of taking a mail in for an address, such as `554 5.7.1 no`."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name.
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take the addressee, unless there is no such mailbox."""
        if self.refused.get(address, "").startswith("550"):
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name.
        """Take a mail in, unless it is refused."""
        for address in envelope.rcpt_tos:
            if address in self.refused:
                return self.refused[address]
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        with self.lock:
            self.letters += [(address, letter) for address in envelope.rcpt_tos]
        return "250 OK"

    def texts_to(self, address: str) -> list[str]:
        """What was written to a mailbox, oldest first."""
        with self.lock:
            parts = [letter.get_body(("plain",)) for to, letter in self.letters if to == address]
        return [part.get_content().replace("\r\n", "\n") for part in parts if part is not None]

    def link_to(self, address: str, start: str, *, after: int = 0) -> str:
        """The path of a link in the newest mail to this address, once more than ``after`` mails have it."""
        return self.wait(address, LINK, after, start)

    def code_to(self, address: str, *, after: int = 0) -> str:
        """The newest code in this mailbox, once more than ``after`` mails have one."""
        return self.wait(address, CODE, after)

    def count(self, address: str, pattern: re.Pattern[str] = CODE) -> int:
        """How many mails to this address hold it."""
        return len([text for text in self.texts_to(address) if pattern.search(text)])

    def wait(self, address: str, pattern: re.Pattern[str], after: int, start: str = "") -> str:
        """What a pattern finds in the newest mail that has it; workers need a moment."""
        end = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < end:
            hits = [hit[len(hit.groups())] for text in self.texts_to(address) for hit in pattern.finditer(text)]
            found = [hit for hit in hits if hit.startswith(start)]
            if len(found) > after:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"No such mail to {address} came; there came {self.texts_to(address)}")


@contextmanager
def mailboxes(port: int) -> Iterator[Mailboxes]:
    """Run the mail server while the block lasts."""
    boxes = Mailboxes(url=f"smtp://127.0.0.1:{port}")
    controller = Controller(boxes, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield boxes
    finally:
        controller.stop()
