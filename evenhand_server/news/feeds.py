"""A person's news as an Atom feed: that something happened, when and where to look; no words, price or name."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from xml.etree import ElementTree as Xml

from django.utils.translation import gettext as _

from evenhand.records import digest
from evenhand_server.letters.queries import site_address
from evenhand_server.messages import say
from evenhand_server.news.models import News
from evenhand_server.people.models import Person

ATOM = "http://www.w3.org/2005/Atom"
"""The namespace. Source: RFC 4287."""
Xml.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Made:
    """A feed, and a tag by which a reader knows whether it changed."""

    xml: bytes
    tag: str


def atom(person: Person, news: list[News]) -> Made:
    """The feed of these news, newest first."""
    site = site_address()
    feed = Xml.Element(f"{{{ATOM}}}feed")
    add(feed, "id", UUID(person.public_id).urn)
    add(feed, "title", _("News on Evenhand"))
    add(feed, "updated", stamp(news[0].at if news else person.date_joined))
    Xml.SubElement(add(feed, "author"), f"{{{ATOM}}}name").text = "Evenhand"
    add(feed, "link", rel="alternate", type="text/html", href=f"{site}/me/news")
    for one in news:
        entry = add(feed, "entry")
        add(entry, "id", UUID(one.public_id).urn)
        add(entry, "title", say(f"news_kind_{one.kind}"))
        add(entry, "updated", stamp(one.at))
        add(entry, "link", rel="alternate", type="text/html", href=f"{site}{one.path}")
        add(entry, "summary", one.digest or _("There is something new. Open it to see what."))
    xml = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Made(xml, digest(xml)[-32:])


def add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    """One element more."""
    element = Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def stamp(moment: datetime) -> str:
    """A moment as RFC 3339 writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
