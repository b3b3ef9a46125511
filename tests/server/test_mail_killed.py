"""A worker that is killed outright loses nothing and sends no mail twice: real processes, a real mail server."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from evenhand_server.journal.models import DueRow
from evenhand_server.letters.models import Letter
from evenhand_server.news.actions import keep_hours, tell
from evenhand_server.news.models import News
from evenhand_server.news.queries import zone_of
from evenhand_server.people.actor import Actor
from evenhand_server.workers.run import work_all
from tests.smtp import Mailbox, mail_server

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 60
MANY = 30


@pytest.fixture
def box(settings: pytest.FixtureRequest) -> Iterator[Mailbox]:
    """A mail server that this process and the workers reach."""
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


@contextmanager
def worker(box: Mailbox, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process on the tests' own database; killed at the end, as the power may go."""
    command = [sys.executable, "-m", "evenhand_server.workers"]
    process = subprocess.Popen(command, env={**os.environ, **same_database(folder), "EVENHAND_MAIL_URL": box.url})
    yield process
    process.kill()
    process.wait()


def same_database(folder: Path) -> dict[str, str]:
    """The settings by which another process finds the database that this test uses, and its secrets."""
    known = connection.settings_dict
    if connection.vendor == "postgresql":
        host = quote(known["HOST"] or "localhost", safe="")  # It may be the folder of a socket.
        port = f":{known['PORT']}" if known["PORT"] else ""
        return {"DATABASE_URL": f"postgresql://{known['USER']}:{known['PASSWORD']}@{host}{port}/{known['NAME']}"}
    for name, target in {
        "evenhand.sqlite3": Path(known["NAME"]),
        "secrets": django_settings.ENVIRONMENT.secrets_folder,
    }.items():
        if not (folder / name).exists():
            (folder / name).symlink_to(target)
    return {"EVENHAND_DATA": str(folder), "DATABASE_URL": ""}


def something_for(actor: Actor, number: int) -> News:
    """Something that somebody wants to know."""
    return tell(actor.person, "offer_made", party_id=actor.party_id, path=f"/dealings/{number:032x}")


def wait_until(is_so: Callable[[], object]) -> None:
    """Wait a while for something to become so."""
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_killed_after_the_content_it_is_not_sent_again_and_comes_with_the_daily_mail(
    rosa: Actor, box: Mailbox, tmp_path: Path
) -> None:
    half_a_day_on = timezone.localtime(timezone=zone_of(rosa.person)) + timedelta(hours=12)
    keep_hours(rosa, daily_at=half_a_day_on.time(), quiet_from=None, quiet_until=None)
    box.hold_at = "DATA"
    news = something_for(rosa, 1)
    with worker(box, tmp_path):
        assert box.asked.wait(SECONDS)
    box.may_answer.set()
    assert Letter.objects.get().state == "handing"
    work_all(timezone.now() + timedelta(minutes=5))
    assert Letter.objects.order_by("id")[0].state == "unsure"
    assert len(box.letters) == 1
    work_all(timezone.now() + timedelta(days=2))
    first, daily = box.letters
    assert first["Message-ID"] != daily["Message-ID"]
    assert f"{1:032x}" in daily.get_content()
    news.refresh_from_db()
    assert news.letter is not None
    assert news.letter.state == "sent"


@pytest.mark.parametrize("verb", ["EHLO", "MAIL", "RCPT"])
def test_killed_before_the_content_it_is_sent_by_the_next_worker(
    verb: str, rosa: Actor, box: Mailbox, tmp_path: Path
) -> None:
    box.hold_at = verb
    something_for(rosa, 1)
    with worker(box, tmp_path):
        assert box.asked.wait(SECONDS)
    box.hold_at = ""
    box.may_answer.set()
    assert Letter.objects.get().state == "waiting"
    work_all(timezone.now() + timedelta(minutes=5))
    assert len(box.letters) == 1
    assert Letter.objects.get().state == "sent"


@pytest.mark.skipif(not os.environ.get("THOROUGH"), reason="takes long: set THOROUGH")
def test_killed_again_and_again_at_any_moment_every_news_arrives_and_no_letter_twice(
    rosa: Actor, box: Mailbox, tmp_path: Path
) -> None:
    chance = random.Random(7)  # noqa: S311 - when to kill is no secret
    for number in range(MANY):
        something_for(rosa, number)
    for _ in range(6):
        before = len(box.letters)
        with worker(box, tmp_path):
            wait_until(lambda before=before: len(box.letters) > before + chance.randint(0, 3) or not is_work_left())
            time.sleep(chance.random() / 50)
        DueRow.objects.filter(step="post_letter").update(next_at=timezone.now())  # As when the lease is over.
    work_all(timezone.now() + timedelta(minutes=5))
    work_all(timezone.now() + timedelta(days=2))
    times = Counter(letter["Message-ID"] for letter in box.letters)
    assert max(times.values()) == 1
    told = "".join(letter.get_content() for letter in box.letters)
    assert [number for number in range(MANY) if f"{number:032x}" not in told] == []
    assert not DueRow.objects.exists()
    assert not Letter.objects.filter(state__in=["waiting", "handing"]).exists()


def is_work_left() -> bool:
    """Whether any letter still waits."""
    return Letter.objects.filter(state="waiting").exists()
