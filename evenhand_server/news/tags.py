"""Template words of this room: how much somebody has not seen, what happened in a sentence, and for whom."""

from collections.abc import Iterable
from textwrap import shorten

from django import template

from evenhand_server.messages import SENTENCES, say, write_category
from evenhand_server.news.models import News
from evenhand_server.news.queries import MOST_COUNTED, count_unseen
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Membership

register = template.Library()
SHOWN_LETTERS = 70
LOOSE = " ,;:.-"
"""What nobody wants to read before three dots."""


@register.simple_tag
def unseen(actor: Actor) -> str:
    """How many; empty for none, so that nothing is shown."""
    count = count_unseen(actor.person)
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


@register.filter
def news_sentence(what: str) -> str:
    """What happened, as people say it."""
    code = f"news_{what}"
    return say(code if code in SENTENCES else "news_")


@register.filter
def news_kind(kind: str) -> str:
    """What people call a kind of news."""
    return say(f"news_kind_{kind}")


@register.filter
def membership_for(news: News, memberships: Iterable[Membership]) -> str:
    """The membership in which a person may see this, of those they have; empty where they no longer have one."""
    return next((one.public_id for one in memberships if one.party_id == news.party_id), "")


@register.filter
def other_side(news: News) -> str:
    """With whom it has to do, by the name that this side knows; empty where it is about no dealing."""
    dealing = news.dealing
    if dealing is None:
        return ""
    return dealing.pairwise_name if dealing.vendor_id == news.party_id else dealing.vendor.name


@register.filter
def own_request(news: News) -> str:
    """To whoever asked, the beginning of their own words; to the seller, the kind of thing that it is about."""
    dealing = news.dealing
    words = dealing.wish.sentence.body if dealing is not None and dealing.vendor_id != news.party_id else ""
    if words:
        short = shorten(words, SHOWN_LETTERS, placeholder="")
        return f"“{words}”" if short == words else f"“{short.rstrip(LOOSE)}…”"
    return write_category(news.about) if news.about else ""
