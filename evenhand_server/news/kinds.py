"""The kinds of news that a person chooses by, and what can happen of each kind."""

from enum import StrEnum


class Kind(StrEnum):
    """One kind; people choose for each how they hear of it."""

    REQUESTS = "requests"
    TERMS = "terms"
    OFFERS = "offers"
    WORDS = "words"
    DEALS = "deals"
    RECORDS = "records"
    SERVER = "server"


class How(StrEnum):
    """How a person hears of a kind by mail; on the page and in the feed all of it stands anyway."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


KIND_OF = {
    "request_heard": Kind.REQUESTS,
    "terms_accepted": Kind.TERMS,
    "terms_countered": Kind.TERMS,
    "terms_refused": Kind.TERMS,
    "terms_expired": Kind.TERMS,
    "counter_accepted": Kind.TERMS,
    "counter_refused": Kind.TERMS,
    "counter_expired": Kind.TERMS,
    "offer_made": Kind.OFFERS,
    "offer_changed": Kind.OFFERS,
    "offer_withdrawn": Kind.OFFERS,
    "question_asked": Kind.WORDS,
    "question_answered": Kind.WORDS,
    "no_said": Kind.DEALS,
    "offer_accepted": Kind.DEALS,
    "detail_given": Kind.DEALS,
    "detail_taken_back": Kind.DEALS,
    "going_on_asked": Kind.DEALS,
    "relationship_begun": Kind.DEALS,
    "domain_lapsed": Kind.SERVER,
    "report_waits": Kind.SERVER,
    "report_decided": Kind.SERVER,
    "terms_put_anew": Kind.TERMS,
    "vendor_changed": Kind.TERMS,
    "signature_awaited": Kind.DEALS,
    "signature_expired": Kind.DEALS,
    "agreement_revoked": Kind.TERMS,
    "record_signed": Kind.RECORDS,
    "mailbox_refused": Kind.SERVER,
    "work_given_up": Kind.SERVER,
}
"""What can happen, by the code that stands in ``News.what``; its sentence is ``news_`` and the code."""


UNASKED = {Kind.RECORDS: How.DAILY}
"""How a person hears of a kind before they chose; of all others at once."""


def kind_of(what: str) -> Kind:
    """Which kind it is; what no table knows is about the server."""
    return KIND_OF.get(what, Kind.SERVER)
