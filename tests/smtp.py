"""A real mail server for tests, on this machine only: it keeps what it gets, and can refuse, put off or hold back."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

OK = "250 2.0.0 fine"
GO_AHEAD = "354 end with a dot"
HOLD_SECONDS = 60


@dataclass
class Mailbox:
    """What arrived at the server, and how it is to answer."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """What to say to RCPT for an address, such as `550 5.1.1 no such mailbox`; or to `MAIL` or `DATA` as a whole."""
    hold_at: str = ""
    """The word at which it stops to think, such as `RCPT` or `DATA`; the letter itself has come in by then."""
    asked: threading.Event = field(default_factory=threading.Event)
    """Set when that word has come."""
    on_word: Callable[[str], None] = lambda _verb: None
    """What else happens in the world outside when a word has come, before it is answered."""
    may_answer: threading.Event = field(default_factory=threading.Event)
    """While it is not set, nobody gets an answer to that word."""

    @property
    def url(self) -> str:
        """The setting that leads here."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to one address, in the order in which they came."""
        return [letter for letter in self.letters if letter["To"] == address]


class Speaks(socketserver.StreamRequestHandler):
    """One conversation. Source: RFC 5321, as far as a client such as ours goes."""

    server: "Server"

    def handle(self) -> None:
        """Answer line by line until the other side goes."""
        self.say("220 localhost here")
        rcpt = ""
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            verb = line.split(maxsplit=1)[0].upper()
            if verb != "DATA":
                self.think(verb)
            if verb == "QUIT":
                return self.say("221 2.0.0 bye")
            if verb == "RCPT":
                rcpt = line.partition("<")[2].partition(">")[0]
                self.say(self.server.box.answers.get(rcpt, OK))
            elif verb == "DATA":
                self.take(rcpt)
            else:
                self.say(self.server.box.answers.get(verb, OK))
        return None

    def take(self, rcpt: str) -> None:
        """Take a letter in; it counts as arrived once it is answered, or once nobody waits for the answer."""
        box = self.server.box
        box.on_word("CONTENT")
        self.say(GO_AHEAD)
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return  # Whoever sent it is gone in the middle: this is no letter.
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        answer = box.answers.get("DATA", OK)
        if answer.startswith("2"):
            box.recipients.append(rcpt)
            box.letters.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        self.think("DATA")
        self.say(answer)

    def think(self, verb: str) -> None:
        """Keep the other side waiting, if this is the word at which to do so."""
        box = self.server.box
        box.on_word(verb)
        if verb == box.hold_at:
            box.asked.set()
            box.may_answer.wait(HOLD_SECONDS)

    def say(self, line: str) -> None:
        """One line; who has gone does not hear it."""
        try:
            self.wfile.write(f"{line}\r\n".encode())
        except OSError:
            return


class Server(socketserver.ThreadingTCPServer):
    """Many conversations at once."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, box: Mailbox) -> None:
        super().__init__(("127.0.0.1", 0), Speaks)
        self.box = box


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run a mail server while the block lasts."""
    box = Mailbox()
    with Server(box) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield box
        box.may_answer.set()
        server.shutdown()
        thread.join()
