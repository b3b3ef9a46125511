"""SQL says what the definition says, to the last place in the order, whatever was written before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.intents.wish import Wish
from evenhand.interests.interest import EvidencedValue, Interest, as_record
from evenhand.matching.fit import score_of
from evenhand.measures import Area, Budget
from evenhand_server.interests.actions import file_interest, take_out
from evenhand_server.interests.filing import LANGUAGE_BITS, category_number
from evenhand_server.interests.models import Interest as InterestRow
from evenhand_server.interests.models import InterestVersion, StandingAcceptance
from evenhand_server.matching.asking import Best, Found, Question, find
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party, TermsPreference
from evenhand_server.purpose.models import Evidence
from evenhand_server.records.actions import keep_text
from tests.fitting import CENTRES, RADII, RATES, TODAY, TREE, interests, wishes

VENDORS = 3
Known = Mapping[int, tuple[int, Interest]]
"""Interests by version, each with its vendor, as they stand."""
in_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


class Market:
    """Vendors whose interests are filed as actions file them; each has evidence and accepts terms of its own."""

    def __init__(self, actor: Actor) -> None:
        self.by = actor.person
        now = timezone.now()
        self.vendors = Party.objects.bulk_create(Party(name=f"Vendor {n}", at=now) for n in range(VENDORS))
        self.rows: dict[int, InterestRow] = {}
        self.known: dict[int, tuple[int, Interest]] = {}

    def show(self, vendor: int, values: tuple[EvidencedValue, ...], terms: frozenset[str]) -> None:
        party, now = self.vendors[vendor], timezone.now()
        Evidence.objects.bulk_create(
            Evidence(party=party, value=one.value, issuer=one.issuer, valid_until=one.valid_until, at=now)
            for one in values
        )
        StandingAcceptance.objects.bulk_create(
            StandingAcceptance(party=party, terms=name, by=self.by, at=now) for name in terms
        )
        for version, (whose, value) in self.known.items():
            if whose == party.pk:
                self.known[version] = (whose, replace(value, values=values, terms=terms))

    def stand(self, number: int, vendor: int, value: Interest) -> None:
        """Interest ``number`` of a vendor, new or changed."""
        party, now = self.vendors[vendor], timezone.now()
        row = self.rows.get(number) or InterestRow.objects.create(party=party, by=self.by, at=now)
        self.take_out(number)
        self.rows[number] = row
        InterestVersion.objects.filter(interest=row).update(is_newest=False)
        version = InterestVersion.objects.create(
            interest=row,
            number=InterestVersion.objects.filter(interest=row).count() + 1,
            record=dict(as_record(value)),
            sentence=keep_text(row.party_id, "We sell this."),
            at=now,
        )
        file_interest(version, value)
        self.known[version.pk] = (row.party_id, replace(value, values=(), terms=frozenset()))

    def take_out(self, number: int) -> None:
        if number in self.rows:
            take_out(self.rows[number].pk)
            mine = InterestVersion.objects.filter(interest=self.rows[number]).values_list("pk", flat=True)
            for version in mine:
                self.known.pop(version, None)


@contextmanager
def market(actor: Actor) -> Iterator[Market]:
    """A market that is forgotten when the block ends."""
    with transaction.atomic():
        yield Market(actor)
        transaction.set_rollback(True)


def by_definition(known: Known, wish: Wish, terms: str, top: int, *, on: date = TODAY) -> Found:
    best: dict[int, Best] = {}
    for version, (vendor, value) in sorted(known.items()):
        score = score_of(wish, value, tree=TREE, on=on, rates=RATES)
        if score is not None and (vendor not in best or score > best[vendor].score):
            best[vendor] = Best(version, vendor, score, terms in value.terms)
    told = sorted(best.values(), key=lambda one: (-one.score, one.version_id))
    return Found(tuple(told[:top]), len(told), sum(one.accepts_terms for one in told))


def by_sql(wish: Wish, terms: str, top: int) -> Found:
    return find(Question(wish, TODAY, terms), top=top, tree=TREE, rates=RATES)


changes = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, VENDORS - 1), st.none() | interests), min_size=1, max_size=10
)
shown = st.lists(st.tuples(interests.map(lambda one: one.values), interests.map(lambda one: one.terms)), max_size=3)


@pytest.mark.django_db
@in_one_database
@given(
    changes=changes,
    shown=shown,
    asked=st.lists(wishes, min_size=1, max_size=4),
    top=st.integers(0, 4),
    proffered=st.sampled_from(["SD-BASE", "PDC-INTENT", "unheard", ""]),
)
def test_sql_says_what_the_definition_says(
    tom: Actor,
    changes: list[tuple[int, int, Interest | None]],
    shown: list[tuple[tuple[EvidencedValue, ...], frozenset[str]]],
    asked: list[Wish],
    top: int,
    proffered: str,
) -> None:
    with market(tom) as here:
        for number, vendor, value in changes:
            if value is None:
                here.take_out(number)
            else:
                here.stand(number, vendor, value)
        for vendor, (values, terms) in enumerate(shown):
            here.show(vendor, values, terms)
        for wish in asked:
            assert by_sql(wish, proffered, top) == by_definition(here.known, wish, proffered, top)


@pytest.mark.parametrize("radius", [*RADII, 0.0011, 4.9999, 20015.2])
def test_places_at_the_edges_of_the_map_compare_alike(tom: Actor, radius: float) -> None:
    centres = [*CENTRES, (-90.0, 12.0), (89.9999, -180.0), (53.7400001, -0.3300001)]
    areas = [Area("", "GB", *centre, radius) for centre in centres]
    with market(tom) as here:
        for number, area in enumerate(areas):
            interest = Interest(frozenset({"bicycles"}), area, lowest=50_000, highest=50_000, currency="GBP")
            here.stand(number, number % VENDORS, interest)
        for area in areas:
            for other in (0.001, radius, 20015.0):
                budget = Budget(50_000, 50_000, "GBP")
                wish = Wish("mountain_bikes", replace(area, radius_km=other), budget)
                assert by_sql(wish, "", 5) == by_definition(here.known, wish, "", 5)


def test_more_values_terms_words_and_languages_than_any_mask_holds(tom: Actor) -> None:
    many = [f"value-{number}" for number in range(70)]
    languages = [*LANGUAGE_BITS, "x-one", "x-two"]
    until = TODAY + timedelta(days=9)
    with market(tom) as here:
        for number, language in enumerate(languages):
            value = Interest(
                frozenset({"bicycles"}), languages=frozenset({language}), words_wanted=frozenset({f"word-{number}"})
            )
            here.stand(number, number % VENDORS, value)
        here.show(0, tuple(EvidencedValue(name, "Federation", until) for name in many), frozenset(many))
        here.show(1, tuple(EvidencedValue(name, "Federation", until) for name in many[:69]), frozenset(many[:69]))
        words = frozenset(f"word-{number}" for number in range(70))
        for spoken in ({"en"}, {"x-two"}, {"x-one", "en"}, {"x-three"}, set(languages)):
            for required in ((), many[:1], many[69:], many):
                wish = Wish(
                    "bicycles",
                    values=frozenset(many[60:]),
                    required_values=frozenset(required),
                    languages=frozenset(spoken),
                    words=words,
                )
                assert by_sql(wish, many[69], 5) == by_definition(here.known, wish, many[69], 5)


def test_a_name_with_quotes_and_braces_is_a_name(tom: Actor) -> None:
    odd = ['"', "\\", "{a,b}", "o'clock", "%s", "NULL", ""]
    with market(tom) as here:
        for number, name in enumerate(odd):
            here.stand(number, number % VENDORS, Interest(frozenset({"bicycles"}), words_wanted=frozenset({name})))
        for name in odd:
            wish = Wish("bicycles", languages=frozenset({name}), words=frozenset({name}))
            assert by_sql(wish, name, 5) == by_definition(here.known, wish, name, 5)
            assert by_sql(wish, name, 5).total == 1


def test_no_two_categories_share_a_number() -> None:
    assert len({category_number(node) for node in TREE}) == len(TREE)


def test_whom_not_to_ask_is_not_found(tom: Actor) -> None:
    with market(tom) as here:
        for vendor in range(VENDORS):
            here.stand(vendor, vendor, Interest(frozenset({"bicycles"})))
        but_not = frozenset(party.pk for party in here.vendors[1:])
        found = find(Question(Wish("bicycles"), TODAY, "", but_not), top=5, tree=TREE)
        assert [best.vendor_id for best in found.best] == [here.vendors[0].pk]
        assert found.total == 1


def test_terms_that_a_vendor_never_takes_are_not_accepted(tom: Actor) -> None:
    with market(tom) as here:
        for vendor in range(2):
            here.stand(vendor, vendor, Interest(frozenset({"bicycles"})))
            here.show(vendor, (), frozenset({"SD-BASE"}))
        TermsPreference.objects.create(
            party=here.vendors[0], terms="SD-BASE", stand=TermsPreference.Stand.NEVER, place=0, at=timezone.now()
        )
        found = find(Question(Wish("bicycles"), TODAY, "SD-BASE"), top=5, tree=TREE)
        assert [best.accepts_terms for best in found.best] == [False, True]
        assert (found.total, found.accepting) == (2, 1)
