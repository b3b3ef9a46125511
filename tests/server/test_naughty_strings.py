"""Every form of this part with 485 strings that break programs: an answer in words, never an error of ours."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from evenhand_server.dealings.models import Dealing
from evenhand_server.market.actions import name_operator
from evenhand_server.people.actor import Actor
from evenhand_server.safety.actions import report
from evenhand_server.safety.models import Appeal, Decision, Report
from tests.deal import dealing_after_matching
from tests.market import browser_of, person

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(connection.vendor != "sqlite", reason="about pages")]
ALL: list[str] = json.loads((Path(__file__).parent / "data" / "naughty_strings.json").read_text(encoding="utf-8"))
STRINGS = ALL if os.environ.get("THOROUGH") else ALL[::12]
"""Every twelfth; all of them on request: THOROUGH=1 pytest tests/server/test_naughty_strings.py"""


@pytest.fixture
def olive(db: None) -> Actor:
    """Olive, who looks after this server."""
    actor = person("olive")
    name_operator(actor.person)
    return actor


@pytest.fixture
def dealing(rosa: Actor, hull_cycles: Actor) -> Dealing:
    """A dealing of Rosa's with Hull Cycles."""
    return dealing_after_matching(rosa)


def send(browser: Client, path: str, fields: dict[str, Any], *names: str, some: int = 485) -> set[int]:
    """Send a form once for each string, in these fields, and say how it was answered."""
    return {
        browser.post(path, {**fields, **dict.fromkeys(names, text), "idempotency_key": f"{number}"}).status_code
        for number, text in enumerate(STRINGS[:some])
    }


def test_there_are_485_of_them() -> None:
    assert len(ALL) == 485


def test_a_report_in_any_words(rosa: Actor, dealing: Dealing) -> None:
    browser, path = browser_of(rosa), f"/dealings/{dealing.public_id}/reports"
    fields = {"what": f"party:{dealing.public_id}", "reason": "other"}
    assert send(browser, path, fields, "words") <= {302, 409, 422}
    assert Report.objects.count() == 1


def test_words_of_reports_decisions_and_appeals_are_shown_as_they_are(
    rosa: Actor, olive: Actor, dealing: Dealing
) -> None:
    written = "\n".join(STRINGS)[:1900]
    made = report(rosa, dealing, what=f"party:{dealing.public_id}", reason="other", words=written.replace("\x00", ""))
    browser, olives, path = browser_of(rosa), browser_of(olive), f"/operator/reports/{made.public_id}"
    assert send(olives, path, {"outcome": "dismissed"}, "words") <= {302, 409, 422, 200}
    assert Decision.objects.count() == 1
    assert send(browser, f"/reports/{made.public_id}", {}, "words") <= {302, 409, 422}
    assert Appeal.objects.count() == 1
    for page in (browser.get(f"/reports/{made.public_id}"), olives.get(path)):
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


def test_a_domain_and_a_code_of_any_letters(hull_cycles: Actor) -> None:
    browser = browser_of(hull_cycles)
    assert send(browser, "/me/domain", {"way": "dns", "mailbox": "postmaster"}, "domain") <= {302, 422}
    browser.post("/me/domain", {"domain": "a.example", "way": "mail", "mailbox": "admin"})
    assert send(browser, "/me/domain/code", {}, "code") == {422}


def test_a_directory_of_nothing_but_such_strings(olive: Actor) -> None:
    browser = browser_of(olive)
    quoted = ['"' + text.replace('"', '""') + '"' for text in STRINGS]
    lines = "\n".join(",".join(quoted[at : at + 5]) for at in range(480))
    file = SimpleUploadedFile("naughty.csv", f"a,b,c,d,e\n{lines}".replace("\x00", "").encode("utf-8", "replace"))
    page = browser.post("/operator/directory", {"file": file})["Location"]
    shown = browser.get(page)
    assert shown.status_code == 200
    assert "<script>alert" not in shown.content.decode()
    assert send(browser, page, {"name": "0", "email": "1", "category": "2"}, "place", "country") <= {302, 422}


def test_ids_and_links_of_any_letters_lead_nowhere(rosa: Actor) -> None:
    browser = browser_of(rosa)
    paths = ("/reports/%s", "/dealings/%s/block", "/directory/%s/removal", "/operator/reports/%s")
    for number, text in enumerate(STRINGS):
        path = paths[number % len(paths)] % (quote(text, safe="", errors="replace") or "x")
        assert browser.get(path).status_code in {301, 404}, path


def test_choices_are_the_ones_there_are(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    path = f"/dealings/{dealing.public_id}/reports"
    assert send(browser_of(rosa), path, {"words": "x"}, "what", "reason", some=40) == {422}
    assert send(browser_of(hull_cycles), "/me/domain", {"domain": "a.example"}, "way", "mailbox", some=40) == {422}
