"""The catalogue of sentences: every code that pages show has one, with its data written as people write it."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import evenhand_server
from evenhand.offers.check import ERRORS
from evenhand.records import Custody
from evenhand.terms.record import Kind
from evenhand_server.dealings.forms import REASONS
from evenhand_server.intents.models import BudgetShown, Closure
from evenhand_server.journal.events import Event
from evenhand_server.letters.queries import TROUBLES
from evenhand_server.messages import PERIODS, SENTENCES, say
from evenhand_server.people.models import Detail
from evenhand_server.people.roles import Role
from evenhand_server.people.tags import kind, moment, sentences
from evenhand_server.people.terms import roster
from evenhand_server.terms.models import Outcome
from evenhand_server.workers.post import WRITE
from evenhand_server.workers.steps import INSIDE, OUTSIDE, TELLING

NOTES = re.compile(r'(?:done|refuse)\(request, "([a-z_]+)"')


def shown_codes() -> dict[str, set[str]]:
    """The codes that pages show, by what they tell of."""
    here = Path(evenhand_server.__path__[0])
    pages = [*here.glob("*/views.py"), *here.glob("*/views/*.py")]
    texts = [path.read_text(encoding="utf-8") for path in pages]
    return {
        "what was just done": {code for text in texts for code in NOTES.findall(text)},
        "events": set(Event),
        "records": {f"kind_{one}" for one in Kind} | {f"custody_{one}" for one in Custody},
        "terms": {f"terms_{one}" for one in (*Outcome.values, "proffered")},
        "requests": {f"intent_{one}" for one in (*Closure.Reason.values, "open")},
        "budgets": {f"budget_{one}" for one in BudgetShown.values},
        "friendly noes": {f"decline_{one}" for one, _ in REASONS} | {f"decline_{one}" for one in Closure.Reason.values},
        "details": {f"field_{one}" for one in Detail.Field.values},
        "roles": set(Role) | {f"may_{one}" for one in Role if one is not Role.SELF},
        "periods": {f"per_{one}" for one, _ in PERIODS if one},
        "rights": {f"right_{one}" for terms in roster() for one in terms.rights},
        "duties": {f"duty_{one}" for terms in roster() for one in terms.required},
        "gates": {f"gates_{terms.gates}" for terms in roster()} | {f"between_{terms.between}" for terms in roster()},
        "findings": set(ERRORS),
        "work": {f"step_{one}" for one in (*INSIDE, *OUTSIDE, *TELLING)},
        "letters": {f"letter_{one}" for one in WRITE} | {f"letter_unsure_{one}" for one in WRITE},
        "invitations": {f"invitation_{one}" for one in ("sent", "opened", "bounced", "revoked", "over", *TROUBLES)},
    }


@pytest.mark.parametrize("what", shown_codes())
def test_everything_that_pages_show_has_a_sentence(what: str) -> None:
    assert shown_codes()[what]
    assert shown_codes()[what] <= SENTENCES.keys()


@pytest.mark.parametrize(
    ("code", "data", "said"),
    [
        ("price", {"minor": "45050", "currency": "GBP"}, "£450.50 in all"),
        ("dearer", {"most": "60000", "currency": "GBP", "percent": "25"}, "with a budget up to £600"),
        ("arrives", {"day": "2026-11-22"}, "There by Sunday 22 November 2026"),
        ("notice", {"days": "1"}, "1 day of notice to leave"),
        ("notice", {"days": "14"}, "14 days of notice to leave"),
        ("experience", {"percent": "80"}, "80 % of what people told was good"),
        ("condition", {"condition": "new used"}, "Condition: New, Used"),
        ("category_same", {"category": "mountain_bikes"}, "Answers exactly this: Mountain Bikes"),
        ("details.changed", {"fields": ["name", "phone"]}, "Changed details: Name, Phone"),
        ("offer.made", {"number": 1, "total": 64950, "currency": "GBP"}, "Made an offer: £649.50"),
        ("intent.matched", {"total": 3, "mentions": 0}, "Looked for sellers: 3 found"),
        ("offer_wrong", {"finding": "no_lines"}, "The offer does not add up. There is nothing in it yet."),
        ("membership.begun", {"role": "buyer"}, "Let somebody act as buyer"),
    ],
)
def test_data_is_written_as_people_write_it(code: str, data: dict[str, object], said: str) -> None:
    assert say(code, data) == said


def test_evidence_tells_the_value_who_vouches_and_until_when() -> None:
    data = {"value": "fair_trade", "issuer": "the Fair Trade Alliance", "valid_until": "2027-06-01"}
    assert say("value_evidenced", data) == "Fair trade: the Fair Trade Alliance vouches for it until 1 June 2027"


def test_a_rare_combination_names_the_fields_in_words() -> None:
    said = say("rare_combination", {"fields": "values needed_by", "place": "Hull"})
    assert "Values, Needed by, close to Hull" in said


def test_a_code_without_a_sentence_and_a_sentence_without_its_data_still_say_something() -> None:
    assert say("never_heard_of") == "never heard of"
    assert say("near") == str(SENTENCES["near"])


def test_an_unknown_kind_of_thing_is_shown_as_it_was_written() -> None:
    assert kind("mountain_bikes") == "Mountain Bikes"
    assert kind("flying_carpets") == "flying_carpets"


def test_several_codes_are_said_in_the_order_of_the_alphabet() -> None:
    assert sentences({"used", "new"}) == ["New", "Used"]
    assert sentences(frozenset({"phone", "name"}), "field_") == ["Name", "Phone"]


def test_days_and_moments_of_records_become_days_and_moments_again() -> None:
    assert moment("2026-03-01T09:30:00Z") == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    found = moment("2026-03-01")
    assert found is not None
    assert found.date() == date(2026, 3, 1)
    assert moment("") is None
