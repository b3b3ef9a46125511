"""Everything that is kept of one person: to see and to take away."""

from typing import Any

from evenhand_server.intents.models import Intent, Wish
from evenhand_server.interests.models import InterestVersion
from evenhand_server.invitations.queries import suppliers_of
from evenhand_server.journal.queries import entries_of
from evenhand_server.news.queries import data_of
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party
from evenhand_server.people.queries import details_of, memberships_of, tokens_of
from evenhand_server.people.terms import preferences_of
from evenhand_server.purpose.queries import evidence_of
from evenhand_server.records.models import StoredFile, Text
from evenhand_server.relationships.agreed import Agreed, agreed_by
from evenhand_server.relationships.queries import relationships_of
from evenhand_server.safety.queries import blocks_of, reports_of
from evenhand_server.terms.queries import disclosures_by


def everything_of(actor: Actor) -> dict[str, Any]:
    """All that this server holds of a person and their own party, as plain data."""
    person, party = actor.person, actor.party
    return {
        "format": 1,
        "person": {
            "id": person.public_id,
            "username": person.username,
            "email": person.email,
            "name": person.name,
            "country": person.country,
            "time_zone": person.time_zone,
            "joined": person.date_joined.isoformat(),
        },
        "acts_for": [
            {"party": row.party.public_id, "name": row.party.name, "role": row.role} for row in memberships_of(person)
        ],
        "details": dict(details_of(party.pk)),
        "terms": {
            "always": list(preferences_of(party).always),
            "if_asked": list(preferences_of(party).if_asked),
            "never": sorted(preferences_of(party).never),
        },
        "evidence": list(evidence_of(party.pk).values("value", "issuer", "number", "valid_until")),
        "intents": [intent_data(intent) for intent in Intent.objects.filter(party=party).order_by("id")],
        "interests": interests_data(party),
        "words": list(Text.objects.filter(party=party).exclude(salt=b"").order_by("id").values_list("body", flat=True)),
        "suppliers": [
            {"list": one.list.name, "email": one.email, "name": one.name, "note": one.note, "group": one.group}
            for one in suppliers_of(actor)
        ],
        "files": list(StoredFile.objects.filter(party=party).exclude(name="").order_by("id").values("name", "digest")),
        "disclosures": [
            {"to": one.dealing.vendor.name, "field": one.field, "value": one.text.body, "at": one.at.isoformat()}
            for one in disclosures_by(party.pk)
        ],
        "agreements": [agreement_data(one) for one in agreed_by(actor)],
        "relationships": [
            {"id": one.public_id, "review_on": one.review_on.isoformat(), "ends_on": one.ends_on.isoformat()}
            for one in relationships_of(actor)
        ],
        "news": data_of(person),
        "blocks": [row.dealing.public_id for row in blocks_of(actor)],
        "reports": [
            {"id": row.public_id, "subject": row.subject, "reason": row.reason, "at": row.at.isoformat()}
            for row in reports_of(actor)
        ],
        "tokens": [token.name for token in tokens_of(actor)],
        "journal": [
            {"at": entry.at.isoformat(), "event": entry.event, "subject": entry.subject, "data": entry.data}
            for entry in entries_of(person.pk, [party.pk])
        ],
    }


def agreement_data(agreed: Agreed) -> dict[str, Any]:
    """What was agreed on one dealing, and whether it was taken back."""
    return {
        "dealing": agreed.dealing.public_id,
        "side": agreed.side,
        "terms": [{"terms": one.terms, "state": one.state} for one in agreed.ceremonies],
        "taken_back": agreed.revoked_at.isoformat() if agreed.revoked_at is not None else "",
    }


def intent_data(intent: Intent) -> dict[str, Any]:
    """One intent with all versions of its wish."""
    return {
        "id": intent.public_id,
        "at": intent.at.isoformat(),
        "closes_at": intent.closes_at.isoformat(),
        "terms": intent.terms,
        "wishes": [
            {"number": wish.number, "sentence": wish.sentence.body, "wish": wish.record}
            for wish in Wish.objects.filter(intent=intent).select_related("sentence").order_by("number")
        ],
    }


def interests_data(party: Party) -> list[dict[str, Any]]:
    """All versions of what the party stands ready to answer."""
    rows = InterestVersion.objects.filter(interest__party=party).select_related("interest", "sentence").order_by("id")
    return [
        {"id": row.interest.public_id, "number": row.number, "sentence": row.sentence.body, "interest": row.record}
        for row in rows
    ]
