"""A form of every page filled in as its page would take it, by the name of its address."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.records import Custody, signing_key
from evenhand_server.news.kinds import Kind
from evenhand_server.people.terms import Stand, roster
from tests.market import PASSWORD, SENTENCE, in_days

KEY = signing_key(bytes(range(1, 33)), custody=Custody.OWN_DEVICE).public
ANOTHER = "a-new-word-for-it"
OFFER = {"currency": "GBP", "description_1": "A bike", "quantity_1": "1", "price_1": "450"}
INTEREST = {"text": "We sell mountain bikes", "categories": "mountain_bikes", "place": "Hull", "country": "GB"}
MARKET = {"name": "A market", "operator": "Olive", "contact": "olive@example.org", "languages": "en", "countries": "GB"}
CHOICES = {"seller_limit": "10", "budget_shown": "banded", "terms": "PDC-INTENT"}
ACCOUNT = {"username": "newcomer", "email": "newcomer@example.org", "password": PASSWORD}


def filled(name: str, ids: Mapping[str, str]) -> dict[str, Any]:
    """What the form of this page holds; empty where it is one button."""
    return forms(ids).get(name, {})


def forms(ids: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Every form with something to fill in."""
    return {**of_askers(ids), **of_sellers(ids), **of_everybody(ids), **of_operators(), **of_accounts()}


def of_askers(ids: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Who asks, and publishes."""
    wish = {"category": "mountain_bikes", "place": "Hull", "country": "GB"}
    return {
        "intents:begin": {"text": SENTENCE},
        "intents:reading": {"text": SENTENCE},
        "intents:draft": {**wish, **CHOICES, "closes_on": in_days(20).isoformat()},
        "intents:reword": {"text": "Looking for a road bike in Hull"},
        "intents:answer": {"field": "category", "choice": "mountain_bikes"},
        "intents:another": {"wish": "0"},
        "matching:sellers": {**wish, **CHOICES, "closes_on": in_days(20).isoformat()},
        "offers:let_hear": {"match": ids["match"]},
        "offers:accept": {"version": "1"},
        "terms:answer_counter": {"accepts": "yes"},
        "terms:disclose": {"field": "name"},
        "relationships:go_on": {"terms": "EH-WORK-BASE-DP", "months": "12"},
        "keys:dealing_key": {"key": KEY},
        "invitations:intent": {"addresses": "b@x.example"},
        "invitations:lists": {"name": "Others", "file": a_file("email\nc@x.example\n")},
        "invitations:list": {"email": "d@x.example"},
        "invitations:rename": {"name": "Another name"},
        "invitations:supplier": {"name": "Dee", "group": "north"},
    }


def of_sellers(ids: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Who answers, also as a guest."""
    return {
        "interests:list": {"text": "We sell mountain bikes in Hull"},
        "interests:stand_ready": INTEREST,
        "interests:edit": INTEREST,
        "interests:standing_terms": {"terms": "PDC-INTENT"},
        "terms:answer": {"outcome": "accepted"},
        "offers:offer": {**OFFER, "valid_until": in_days(5).isoformat()},
        "relationships:changes": {"kind": "owner"},
        "domains:domain": {"domain": "hullcycles.example", "way": "dns", "mailbox": "postmaster"},
        "domains:code": {"code": "123456"},
        "keys:list": {"key": KEY},
        "keys:change": {"text": "no signature"},
        "keys:signature": {"text": "no signature"},
        "invitations:entry": {"code": "123456"},
        "invitations:own_link": {"email": "e@x.example", "name": "East Cycles"},
        "invitations:name": {"name": "Guest Cycles"},
        "invitations:account": {"username": "guestcycles", "password": PASSWORD},
    }


def of_everybody(ids: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """What both sides do, and what people say of themselves."""
    return {
        "offers:ask": {"text": "How tall are you?"},
        "offers:plainer_words": {"text": "We leverage synergies"},
        "dealings:decline": {"reason": "not_for_us"},
        "safety:report": {"what": f"party:{ids['dealing_id']}", "reason": "spam"},
        "safety:one": {"words": "Something was overlooked."},
        "purpose:list": {"value": "fair_trade", "issuer": "Alliance", "valid_until": in_days(50).isoformat()},
        "people:switch": {"membership": "0" * 32},
        "people:preferences": {terms.id: Stand.IF_ASKED for terms in roster()},
        "people:details": {"name": "Tom"},
        "people:person": {"name": "Tom", "time_zone": "Europe/London"},
        "people:organisations": {"name": "A new one"},
        "people:members": {"username": "newcomer", "role": "buyer"},
        "people:tokens": {"name": "a program"},
        "news:mail": {"daily_at": "08:00", **dict.fromkeys(Kind, "daily")},
        "news:confirm_mailbox": {"code": "123456"},
        "account:erase_guest": {"sure": "erase"},
        "account:erase": {"sure": "erase", "password": PASSWORD},
        "relationships:verify": {"file": a_file("no bundle")},
    }


def of_operators() -> dict[str, dict[str, Any]]:
    """Who looks after the server."""
    return {
        "safety:decide": {"outcome": "dismissed", "words": "Nothing is wrong."},
        "directory:list": {"file": a_file("name,email,category,place\nA,a@y.example,mountain bikes,Hull\n")},
        "directory:one": {"name": "0", "email": "1", "category": "2", "place": "3"},
        "market:setup": {**MARKET, "who_may": "open"},
        "market:become_operator": ACCOUNT,
        "market:confirm_mail": {"code": "123456"},
        "market:settle_failure": {"then": "again"},
    }


def of_accounts() -> dict[str, dict[str, Any]]:
    """Coming in, and the way back in."""
    return {
        "account_login": {"login": "tom", "password": PASSWORD},
        "account_signup": {"username": "quentin", "email": "q@x.example", "password1": PASSWORD, "password2": PASSWORD},
        "account_reset_password": {"email": "tom@example.org"},
        "account_reauthenticate": {"password": PASSWORD},
        "account_email": {"email": "other@example.org", "action_add": ""},
        "account_change_password": {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER},
    }


def a_file(text: str) -> SimpleUploadedFile:
    """A small file of text."""
    return SimpleUploadedFile("file.csv", text.encode())
