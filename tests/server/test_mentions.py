"""A miss is caught twice: full text finds who says the same words, and not everybody who says common ones."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.interests.interest import Interest, from_record
from evenhand.matching.mention import phrases
from evenhand.measures import Area
from evenhand_server.interests import actions as interests
from evenhand_server.interests.models import Said
from evenhand_server.interests.queries import interests_of
from evenhand_server.matching.mentions import common, telling, versions_saying
from evenhand_server.matching.models import Match
from evenhand_server.people.actor import Actor
from evenhand_server.workers.run import work_all
from tests.deal import announce
from tests.market import HULL, shop

pytestmark = pytest.mark.django_db
CARGO = "A cargo trailer for my mountain bike, near Hull"


def seller_of(name: str, sentence: str, *categories: str, area: Area = HULL) -> Actor:
    """A shop that says so of itself."""
    seller = shop(name.lower().replace(" ", "_"), name)
    interests.stand_ready(seller, sentence, Interest(frozenset(categories), area))
    return seller


def mentioned_vendors(asker: Actor, sentence: str) -> list[str]:
    """Who is found by words alone."""
    announce(asker, sentence)
    work_all()
    return [match.vendor.name for match in Match.objects.filter(kind=Match.Kind.MENTION).order_by("pk")]


def test_a_seller_of_another_kind_that_says_the_same_is_found_and_labelled(rosa: Actor) -> None:
    seller_of("Trailer Works", "We weld cargo trailers by hand", "plumber")
    assert mentioned_vendors(rosa, CARGO) == ["Trailer Works"]
    assert Match.objects.get().reasons == [{"code": "mentions", "words": "cargo trailer"}]


def test_common_words_make_no_strangers_shop_appear(rosa: Actor) -> None:
    seller_of("Hessle Books", "Second hand books in Hull, East Yorkshire, open all week", "books")
    seller_of("Second Spin", "Second hand prams and second hand car seats", "baby_strollers")
    sentence = "A second hand car with mountain bike rack in Hull, East Yorkshire, this week"
    assert mentioned_vendors(rosa, sentence) == []


def test_what_sellers_of_all_kinds_say_is_no_mention(rosa: Actor) -> None:
    kinds = ("books", "baby_strollers", "plumber", "mountain_bikes")
    for number, kind in enumerate(kinds[:3]):
        seller_of(f"Shop {number}", "Honest folk since ever", kind)
    assert mentioned_vendors(rosa, "A mountain bike from honest folk") == []


def test_what_sellers_of_one_kind_say_is_a_mention_however_many_they_are(rosa: Actor) -> None:
    for number in range(4):
        seller_of(f"Shop {number}", "Cargo trailers", "baby_strollers")
    assert mentioned_vendors(rosa, CARGO) == ["Shop 0", "Shop 1", "Shop 2", "Shop 3"]


def test_a_single_rare_word_is_no_mention(rosa: Actor) -> None:
    seller_of("Theremins", "Theremins", "plumber")
    assert mentioned_vendors(rosa, "A theremin for my mountain bike") == []


def test_who_cannot_serve_the_place_is_no_mention(rosa: Actor) -> None:
    seller_of("Far Trailers", "Cargo trailers", "baby_strollers", area=Area("Berlin", "DE", 52.52, 13.4, 50))
    assert mentioned_vendors(rosa, CARGO) == []


def test_who_fits_is_not_told_twice(rosa: Actor) -> None:
    seller_of("Trailer Works", "Cargo trailers and mountain bikes", "mountain_bikes")
    assert mentioned_vendors(rosa, CARGO) == []


def test_words_follow_the_interest_and_go_with_it(rosa: Actor) -> None:
    seller = seller_of("Trailer Works", "Cargo trailers", "plumber")
    newest = interests_of(seller).get()
    interests.change_interest(seller, newest, "Garden gnomes", from_record(newest.record))
    assert not versions_saying("cargo trailer")
    assert versions_saying("garden gnome")
    interests.retire_interest(seller, interests_of(seller).get())
    assert not versions_saying("garden gnome")
    assert not Said.objects.exists()


words = st.lists(st.sampled_from(["cargo", "trailers", "Glass", "gnomes", "a", "new", "Über", "café", ",", "."])).map(
    " ".join
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=words, asked=words)
def test_full_text_finds_every_phrase_that_both_say(hull_cycles: Actor, said: str, asked: str) -> None:
    with transaction.atomic():
        newest = interests_of(hull_cycles).get()
        version = interests.change_interest(hull_cycles, newest, said, from_record(newest.record))
        for phrase in phrases(asked, common()):
            expected = [version] if phrase in phrases(said, common()) else []
            assert telling(versions_saying(phrase), phrase) == expected
        transaction.set_rollback(True)
