"""Two vendors put all they saw together: nothing says that Rosa's two intents are one person's.

Everything that they get is taken: pages, headers, answers to programs, mails, feeds, records and bundles. Words of it
that Rosa's two intents share, and that the intents of twenty other people do not have, would link them.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from evenhand.interests.interest import Interest
from evenhand.measures import Area
from evenhand_server.dealings.models import Dealing
from evenhand_server.dealings.names import BIRDS, COLOURS, MORE_BIRDS, MORE_COLOURS
from evenhand_server.news.actions import make_feed
from evenhand_server.offers.actions import accept_offer
from evenhand_server.people.actions import keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.workers.run import work_all
from tests.deal import agree_on_terms, announce, offered, reread
from tests.market import browser_of, person, shop
from tests.programs import Program, program_of

pytestmark = pytest.mark.django_db
OTHERS = 20
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{3,}")

MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T0-9:.Z+-]*|\d{1,2}:\d{2}(:\d{2})?([.+]\d+)?Z?|\d{1,2}T\d{1,2}"
    r"|1x[0-9A-Za-z]{4}"  # Seconds to the base of 62, as signed tokens write them.
)


@pytest.fixture
def vendors(db: None) -> tuple[Actor, Actor]:
    """Two shops that answer the same requests, and tell each other everything."""
    everywhere = Interest(frozenset({"mountain_bikes"}), Area())
    return shop("hull_cycles", "Hull Cycles", everywhere), shop("leeds_cycles", "Leeds Cycles", everywhere)


def words_in(*texts: str | bytes) -> set[str]:
    """Everything that could be compared, as words of four letters and more; also parts of addresses and digests."""
    found: set[str] = set()
    for text in texts:
        plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        for word in WORD.findall(plain):
            found |= {word, *re.split(r"[/:.]", word)}
    return {word for word in found if len(word) > 3}


def agreed_with(program: Program) -> list[dict[str, Any]]:
    """What a vendor's program reads of all that was agreed."""
    return program.get("/me/agreements", limit=100).items


def seen_of(dealing: Dealing, vendor: Actor, program: Program, agreements: list[dict[str, Any]]) -> set[str]:
    """All that a vendor sees of one dealing: the page with its headers, the answers to programs, the bundle."""
    browser, path = browser_of(vendor), f"/dealings/{dealing.public_id}"
    page = browser.get(path)
    texts: list[str | bytes] = [page.content, *(f"{name}: {value}" for name, value in page.headers.items())]
    for part in ("", "/records", "/disclosures", "/messages"):
        answer = program.get(f"{path}{part}")
        told = json.dumps(answer.body) if not isinstance(answer.body, bytes) else ""
        texts += [told, *(f"{name}: {value}" for name, value in answer.headers.items())]
    texts += [json.dumps(one) for one in agreements if one["dealing"] == dealing.public_id]
    bundle = program.get(f"{path}/bundle")
    if bundle.status == 200:
        with zipfile.ZipFile(io.BytesIO(bundle.body)) as archive:
            texts += [archive.read(name) for name in archive.namelist()]
            texts += archive.namelist()
    letters = (one for one in mail.outbox if vendor.person.email in one.to and dealing.public_id in str(one.body))
    texts += [str(one.message()) for one in letters]
    entries = browser.get(f"/feeds/{make_feed(vendor)}").content.decode().split("<entry>")
    texts += [entry for entry in entries if dealing.public_id in entry]
    assert texts
    return words_in(*texts) - session_words(vendor)


def session_words(vendor: Actor) -> set[str]:
    """What the vendor's own page always bears: its form keys differ on every look, and are not of the asker."""
    return words_in(vendor.person.username, vendor.party.name, vendor.party.public_id)


def dealing_with(asker: Actor, vendor: Actor, sentence: str) -> Dealing:
    """One asker's intent as it came to one vendor, all the way to a deal and a detail that was given."""
    intent = announce(asker, sentence)
    work_all()
    found = Dealing.objects.get(intent=intent, vendor=vendor.party)
    return reread(found)


def test_two_vendors_together_cannot_tell_that_two_intents_are_rosas(vendors: tuple[Actor, Actor]) -> None:
    second = vendors[1]
    rosa = person("rosa", name="Rosa Lindqvist")
    keep_details(rosa, {"phone": "0199 496 0100", "name": "Rosa Lindqvist"})
    programs = {vendor.party_id: program_of(vendor) for vendor in vendors}
    sentences = ("A mountain bike for the hard trails, 500 pounds", "A mountain bike for my commute, 500 pounds")
    hers = [dealing_with(rosa, vendor, words) for vendor, words in zip(vendors, sentences, strict=True)]
    for dealing, vendor in zip(hers, vendors, strict=True):
        agree_on_terms(vendor, dealing)
    version = offered(second, reread(hers[1]))
    accept_offer(rosa, reread(hers[1]), version.number)
    others = [person(f"other{number}") for number in range(OTHERS)]
    theirs = [dealing_with(other, vendors[n % 2], sentences[n % 2]) for n, other in enumerate(others)]
    for number, dealing in enumerate(theirs):
        agree_on_terms(vendors[number % 2], dealing)
    work_all(timezone.now() + timedelta(days=2))

    crowd = {*COLOURS, *MORE_COLOURS, *BIRDS, *MORE_BIRDS}  # Of these chance makes everybody's names.
    agreements = {party_id: agreed_with(program) for party_id, program in programs.items()}
    for number, dealing in enumerate(theirs):
        vendor = vendors[number % 2]
        crowd |= seen_of(reread(dealing), vendor, programs[vendor.party_id], agreements[vendor.party_id])
    seen = seen_by_both(hers, vendors, programs)
    assert links_in((seen[0] & seen[1]) - crowd, hers) == set()
    assert_nothing_of_rosas(rosa, hers, seen)
    Dealing.objects.filter(pk__in=[one.pk for one in hers]).update(pairwise_name="Velvet Quokka 417")
    seen = seen_by_both(hers, vendors, programs)
    assert links_in((seen[0] & seen[1]) - crowd, hers) >= {"Velvet", "Quokka"}  # A link would be seen.


def seen_by_both(hers: list[Dealing], vendors: tuple[Actor, Actor], programs: dict[int, Program]) -> list[set[str]]:
    """What the two vendors see of Rosa's two dealings, one each."""
    agreements = {party_id: agreed_with(program) for party_id, program in programs.items()}
    return [
        seen_of(reread(one), vendor, programs[vendor.party_id], agreements[vendor.party_id])
        for one, vendor in zip(hers, vendors, strict=True)
    ]


def links_in(shared: Iterable[str], dealings: list[Dealing]) -> set[str]:
    """Words that only these two share; moments in which the test itself looked or signed are of the clock, not of her.

    A second in which two things happened at one moment would be a link, so moments are compared by themselves.
    """
    moments = {word for word in shared if MOMENT.fullmatch(word)}
    born = {dealing.at for dealing in dealings}
    assert len(born) == len(dealings)
    return set(shared) - moments


def assert_nothing_of_rosas(rosa: Actor, dealings: list[Dealing], seen: list[set[str]]) -> None:
    """Nor does any id, key or name of hers stand in what they saw."""
    own = {
        rosa.party.public_id,
        rosa.person.public_id,
        "Lindqvist",
        "rosa@example.org",
        *(dealing.intent.public_id for dealing in dealings),
    }
    assert not own & (seen[0] | seen[1])
    keys = [dealing.asker_key.public for dealing in dealings]
    assert len(set(keys)) == len(keys)
    assert keys[0] not in " ".join(seen[1])
    assert keys[1] not in " ".join(seen[0])
    assert len({dealing.pairwise_name for dealing in dealings}) == len(dealings)
