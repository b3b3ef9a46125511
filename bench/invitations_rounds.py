"""The rounds of ``bench.invitations``, in a process that has one database and one data folder."""

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported

# isort: split
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from bench.server_market import somebody
from evenhand_server.intents.models import Draft, Intent
from evenhand_server.invitations.models import Invitation
from evenhand_server.journal.models import DueRow
from evenhand_server.letters.actions import POST, write_letter, write_letters
from evenhand_server.letters.models import Letter, MailArrival, MailTest
from evenhand_server.letters.queries import way_of_mail
from evenhand_server.people.actor import Actor
from evenhand_server.workers.run import work_all

SENTENCE = "Looking for a mountain bike in Hull, 500 pounds to spend - p.s. I ride the hard trails and am rather tall!"
Step = Callable[[], object]


def main() -> None:
    """Measure and print the rows."""
    database, sellers, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    settings.ALLOWED_HOSTS.append("testserver")
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    asker = somebody("asker")
    test = MailTest.objects.create(by=asker.person, code="", way=way_of_mail(), at=timezone.now())
    MailArrival.objects.create(test=test, at=timezone.now())
    browser = Client()
    browser.force_login(asker.person)
    what: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for name, seconds in one_round(asker, browser, number, sellers).items():
            what.setdefault(name, []).append(seconds)
    baseline = statistics.median(what["baseline: the same letters, in one write"][1:])
    for name, times in what.items():
        p50, worst = statistics.median(times[1:]), max(times[1:])
        ratio = f"{p50 / baseline:.1f}"
        print(f"| {database} | {name} | {sellers} | {rounds} | {1000 * p50:.0f} | {1000 * worst:.0f} | {ratio} |")


def one_round(asker: Actor, browser: Client, number: int, sellers: int) -> dict[str, float]:
    """Publish, ask, look at the page meanwhile, and the same letters written straight to the queue."""
    draft = Draft.objects.create(person=asker.person, sentence=SENTENCE, country="GB", at=timezone.now())
    addresses = "\n".join(f"Shop {one} <shop{one}@round{number}.example>" for one in range(sellers))
    found = {"publish": timed(lambda: ok(browser, f"/intents/drafts/{draft.public_id}/publication", {}))}
    intent = Intent.objects.latest("id")
    page = f"/intents/{intent.public_id}/invitations"
    found["ask everybody"] = timed(lambda: ok(browser, page, {"addresses": addresses}))
    found["publish and ask everybody"] = found["publish"] + found["ask everybody"]
    found["the page of who was asked, with all of them"] = timed(lambda: browser.get(page))
    assert Invitation.objects.filter(intent=intent).count() == sellers
    made = list(Invitation.objects.filter(intent=intent).values_list("pk", flat=True))
    DueRow.objects.all().delete()
    Letter.objects.all().delete()
    found["baseline: the same letters, in one write"] = timed(lambda: in_one(lambda: write_letters("invitation", made)))
    found["the worker sends them, to a mail server that takes all at once"] = timed(work_all)
    found["the same letters, one by one"] = timed(lambda: in_one(lambda: one_by_one(made)))
    DueRow.objects.filter(step=POST).delete()
    Letter.objects.all().delete()
    Intent.objects.filter(pk=intent.pk).update(closes_at=timezone.now() - timedelta(days=1))
    return found


def one_by_one(targets: list[int]) -> None:
    """As it would be without a write for many."""
    for target in targets:
        write_letter("invitation", target=target)


def in_one(write: Step) -> None:
    """Do it in one transaction, as an action does."""
    with transaction.atomic():
        write()


def timed(step: Step) -> float:
    """How many seconds it takes."""
    begun = time.perf_counter()
    step()
    return time.perf_counter() - begun


def ok(browser: Client, address: str, form: dict[str, str]) -> None:
    """Send a form; it must have done what it says."""
    answer = browser.post(address, form)
    assert answer.status_code == 302, answer.content.decode()


if __name__ == "__main__":
    main()
