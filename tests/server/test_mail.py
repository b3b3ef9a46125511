"""Mail over a real line: what the mail server says decides what becomes of a letter, an address and a person."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from evenhand_server.integrations.mail import bounced
from evenhand_server.journal.actions import PATIENCE
from evenhand_server.journal.models import DueRow
from evenhand_server.letters.models import Bounce, Letter
from evenhand_server.market.actions import name_operator
from evenhand_server.news.actions import tell
from evenhand_server.news.models import News
from evenhand_server.news.queries import count_unseen
from evenhand_server.people.actor import Actor
from evenhand_server.workers.run import work_all
from tests.smtp import Mailbox, mail_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def box(settings: pytest.FixtureRequest) -> Iterator[Mailbox]:
    """A mail server that the settings lead to."""
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


def something_for(actor: Actor, number: int = 1) -> News:
    """Something that somebody wants to know."""
    return tell(actor.person, "offer_made", party_id=actor.party_id, path=f"/dealings/{number:032x}")


def test_a_letter_arrives_as_plain_text_with_a_way_to_stop_it(rosa: Actor, box: Mailbox) -> None:
    something_for(rosa)
    work_all()
    (letter,) = box.to("rosa@example.org")
    assert letter.get_content_type() == "text/plain"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert f"<{Letter.objects.get().public_id}@" in letter["Message-ID"]
    assert f"/dealings/{1:032x}" in letter.get_content()
    assert Letter.objects.get().state == "sent"


@pytest.mark.parametrize("where", ["RCPT", "MAIL", "DATA", "nobody answers"])
def test_what_surely_was_not_sent_comes_later(where: str, rosa: Actor, box: Mailbox, settings: object) -> None:
    busy = "451 4.3.2 come back later"
    box.answers = {"rosa@example.org" if where == "RCPT" else where: busy}
    if where == "nobody answers":
        settings.EMAIL_PORT = 1  # type: ignore[attr-defined]
    something_for(rosa)
    work_all()
    assert (Letter.objects.get().state, box.letters) == ("waiting", [])
    assert DueRow.objects.get(step="post_letter").attempts == 1
    box.answers = {}
    settings.EMAIL_PORT = box.port  # type: ignore[attr-defined]
    work_all(timezone.now() + timedelta(minutes=2))
    assert len(box.to("rosa@example.org")) == 1
    assert not DueRow.objects.exists()


def test_a_mail_server_that_stays_away_is_given_up_and_the_operator_told(
    rosa: Actor, tom: Actor, settings: pytest.FixtureRequest
) -> None:
    name_operator(tom.person)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    something_for(rosa)
    now = timezone.now()
    DueRow.objects.update(attempts=PATIENCE["post_letter"].most_attempts - 1)
    work_all(now)
    dead = DueRow.objects.get(is_dead=True)
    assert (dead.step, dead.last_error) == ("post_letter", "MailPutOffError")
    assert News.objects.get(person=tom.person).what == "work_given_up"


@pytest.mark.parametrize("answer", ["550 5.1.1 no such mailbox", "552 5.2.2 full", "550 who is that"])
def test_a_mailbox_that_takes_nothing_is_marked_and_its_owner_told(
    answer: str, rosa: Actor, rosas_browser: Client, box: Mailbox
) -> None:
    box.answers = {"rosa@example.org": answer}
    something_for(rosa)
    work_all()
    assert Bounce.objects.get().address == "rosa@example.org"
    assert "Your mailbox sent our mail back" in rosas_browser.get("/me/news").content.decode()
    box.answers = {}
    something_for(rosa, 2)
    work_all(timezone.now() + timedelta(days=2))
    assert box.letters == []


def test_who_shows_that_mail_arrives_again_is_written_to_again(
    rosa: Actor, rosas_browser: Client, box: Mailbox
) -> None:
    Bounce.objects.create(address="rosa@example.org", answer="552 5.2.2", at=timezone.now())
    assert "It works again" in rosas_browser.get("/me/news/mail").content.decode()
    rosas_browser.post("/me/news/mailbox")
    rosas_browser.post("/me/news/mailbox")
    (letter,) = box.to("rosa@example.org")
    code = next(line for line in letter.get_content().splitlines() if line.isdigit())
    rosas_browser.post("/me/news/mailbox/code", {"code": "000000" if code != "000000" else "111111"})
    assert Bounce.objects.exists()
    rosas_browser.post("/me/news/mailbox/code", {"code": code})
    assert not Bounce.objects.exists()
    something_for(rosa)
    work_all()
    assert len(box.letters) == 2


def test_a_mailbox_that_still_takes_nothing_stays_marked(rosa: Actor, rosas_browser: Client, box: Mailbox) -> None:
    Bounce.objects.create(address="rosa@example.org", answer="552 5.2.2", at=timezone.now())
    box.answers = {"rosa@example.org": "552 5.2.2 full"}
    page = rosas_browser.post("/me/news/mailbox", follow=True).content.decode()
    assert "did not take the mail" in page
    assert Bounce.objects.exists()


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("DATA", "554 5.7.1 we think this is spam"),
        ("rosa@example.org", "550 5.7.1 no relaying"),
        ("MAIL", "553 not you"),
    ],
)
def test_what_is_no_fault_of_the_address_waits_for_the_operator(
    verb: str, answer: str, rosa: Actor, box: Mailbox
) -> None:
    box.answers = {verb: answer}
    something_for(rosa)
    work_all()
    letter = Letter.objects.get()
    assert letter.state == "refused"
    assert letter.answer == " ".join(word for word in answer.split() if word[0].isdigit())
    assert not Bounce.objects.exists()
    assert count_unseen(rosa.person) == 1


REPORT = """From: Mail Delivery <mailer-daemon@mail.example.org>
To: evenhand@localhost
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not go.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: 5.1.1

--b
Content-Type: {returned}

Message-ID: <{letter}@localhost>
Subject: There is something for you

--b--
"""


@pytest.fixture
def sent(rosa: Actor, box: Mailbox) -> Letter:
    """A letter to Rosa that has left."""
    something_for(rosa)
    work_all()
    return Letter.objects.get()


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_of_mail_that_came_back_marks_the_address(
    returned: str, sent: Letter, rosa: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {"returned": returned, "letter": sent.public_id, "action": "failed"}
    report = REPORT.format(address="Rosa@Example.org", **known)
    (tmp_path / "one.eml").write_text(report)
    assert bounced.main([str(tmp_path / "one.eml")]) == 0
    assert "1 addresses marked" in capsys.readouterr().out
    assert Bounce.objects.get().answer == "5.1.1"
    assert News.objects.filter(person=rosa.person, what="mailbox_refused").count() == 1
    (tmp_path / "many").write_text(f"From mailer Thu Jan  1 00:00:00 2026\n{report}\nFrom x\n{report}")
    assert bounced.main([str(tmp_path / "many")]) == 0
    assert "0 addresses marked; 2 mails" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [{"letter": "0" * 32}, {"address": "tom@example.org"}, {"action": "delayed"}, {"returned": "text/plain"}],
    ids=["another letter", "another address", "only late", "nothing returned"],
)
def test_a_forged_or_passing_report_stops_nobodys_mail(
    change: dict[str, str], sent: Letter, tom: Actor, tmp_path: Path
) -> None:
    said = {"address": "rosa@example.org", "action": "failed", "returned": "text/rfc822-headers"}
    (tmp_path / "one.eml").write_text(REPORT.format(**{**said, "letter": sent.public_id, **change}))
    assert bounced.main([str(tmp_path / "one.eml")]) == 0
    assert not Bounce.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"From ", b"\x00\xff\xfe", b"Content-Type: multipart/report\n\n--", b"x" * 9999]
)
def test_what_is_no_report_is_passed_over(content: bytes, db: None, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    assert bounced.main([str(tmp_path / "file")]) == 0
    assert bounced.main([str(tmp_path / "nowhere")]) == 2
