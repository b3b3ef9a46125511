"""The feed of news: valid Atom at a secret address that can be replaced, and nothing in it that tells of what."""

import re
from datetime import datetime
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client

from evenhand_server.news.actions import tell
from evenhand_server.news.models import Feed
from evenhand_server.people.actor import Actor

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(browser: Client) -> str:
    """The path of a fresh feed, as the page shows it once."""
    page = browser.post("/me/news/feed").content.decode()
    return re.findall(r"http://localhost:\d+(/feeds/[\w-]+)<", page)[0]


def test_the_feed_is_valid_atom(rosa: Actor, rosas_browser: Client) -> None:
    for number in range(3):
        tell(rosa.person, "offer_made", party_id=rosa.party_id, path=f"/dealings/{number}", about="mountain_bikes")
    answer = Client().get(feed_of(rosas_browser))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer["Referrer-Policy"] == "no-referrer"
    feed = Xml.fromstring(answer.content)  # noqa: S314 - our own
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for element in (feed, *entries):  # RFC 4287: exactly one of each, an author for all, a link to the page.
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert element.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo is not None
        assert element.find(f"{ATOM}link[@rel='alternate']") is not None
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 3
    moments = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert moments == sorted(moments, reverse=True)


def test_the_feed_says_nothing_of_what_it_is_about(rosa: Actor, rosas_browser: Client) -> None:
    tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/1", about="mountain_bikes")
    text = Client().get(feed_of(rosas_browser)).content.decode()
    for word in ("bike", "Bike", "Rosa", "Lindqvist", "rosa@"):
        assert word not in text


def test_an_empty_feed_is_a_feed(rosas_browser: Client) -> None:
    feed = Xml.fromstring(Client().get(feed_of(rosas_browser)).content)  # noqa: S314 - our own
    assert feed.findtext(f"{ATOM}updated")


def test_a_new_address_ends_the_old_one_and_the_secret_is_not_kept(rosas_browser: Client) -> None:
    old = feed_of(rosas_browser)
    new = feed_of(rosas_browser)
    assert old.rpartition("/")[2] not in Feed.objects.get().digest
    assert new not in rosas_browser.get("/me/news/mail").content.decode()
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    rosas_browser.post("/me/news/feed/end")
    assert Client().get(new).status_code == 404


def test_a_reader_that_has_the_newest_is_told_so(rosa: Actor, rosas_browser: Client) -> None:
    path = feed_of(rosas_browser)
    tag = Client().get(path)["ETag"]
    assert Client().get(path, headers={"If-None-Match": tag}).status_code == 304
    tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/1")
    assert Client().get(path, headers={"If-None-Match": tag}).status_code == 200


def test_looking_at_the_feed_marks_nothing_as_seen(rosa: Actor, rosas_browser: Client) -> None:
    news = tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/1")
    Client().get(feed_of(rosas_browser))
    news.refresh_from_db()
    assert news.seen_at is None
