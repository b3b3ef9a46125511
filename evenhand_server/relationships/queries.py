"""Reading relationships, and packing what one side holds of a dealing."""

import json
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from evenhand.records import SignedRecord
from evenhand.relationships.bundle import Bundle, cited_files, cited_terms, pack
from evenhand.relationships.bundle import Text as PackedText
from evenhand.terms.record import read_record
from evenhand_server.dealings.models import Dealing
from evenhand_server.dealings.queries import messages_of, side_of
from evenhand_server.intents.queries import veiled_of
from evenhand_server.offers.queries import attached_files, is_won, newest_versions, standing_offer
from evenhand_server.people.actor import Actor
from evenhand_server.people.terms import roster
from evenhand_server.records.models import Text
from evenhand_server.records.queries import rotations_to
from evenhand_server.relationships.models import Relationship
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms.models import Disclosure
from evenhand_server.terms.queries import disclosures_of, has_agreed, records_of, signed_record


def relationships_of(actor: Actor) -> QuerySet[Relationship]:
    """The party's relationships on either side, the next review first."""
    rows = Relationship.objects.filter(Q(dealing__vendor=actor.party) | Q(dealing__intent__party=actor.party))
    shown = ("dealing__vendor", "dealing__intent", "dealing__wish", "record")
    rows = rows.filter(record__lapse__isnull=True)
    return rows.select_related(*shown).order_by("review_on", "id")


def relationship_of(actor: Actor, relationship_id: str) -> Relationship:
    """One relationship of the party."""
    found = relationships_of(actor).filter(public_id=relationship_id).first()
    if found is None:
        raise NotFoundError
    return found


def relationship_on(dealing: Dealing) -> Relationship | None:
    """The relationship that grew out of a dealing; one that was not signed in time never began."""
    return Relationship.objects.filter(dealing=dealing, record__lapse__isnull=True).select_related("record").first()


def never_began(dealing: Dealing) -> bool:
    """Whether both wanted to go on, and a device did not sign it in time."""
    return Relationship.objects.filter(dealing=dealing, record__lapse__isnull=False).exists()


def bundle_for(actor: Actor, dealing: Dealing) -> bytes:
    """What the actor's side holds of a dealing: records, the texts they commit to, and a page to read; raises when
    nothing was signed yet."""
    signed = [signed_record(row) for row in records_of(dealing)]
    if not signed:
        raise NotFoundError
    return pack(
        Bundle(
            records=tuple(signed),
            packed_on=timezone.now().date(),
            texts=texts_of(dealing, signed),
            terms=terms_texts(signed),
            files=attached_files(dealing, cited_files([read_record(one.data) for one in signed])),
            rotations=rotations_to({side.key for one in signed for side in read_record(one.data).heading.sides}),
            about={"format": 1, "dealing": dealing.public_id, "side": side_of(actor, dealing).value},
            page=page_for(actor, dealing, signed),
        )
    )


def texts_of(dealing: Dealing, signed: list[SignedRecord]) -> dict[str, PackedText]:
    """The words that the dealing's records commit to, but for those that are erased or taken back."""
    rows: Iterable[Text] = [
        *(wish.veiled for wish in dealing.intent.wishes.select_related("veiled")),
        *(version.content for version in newest_versions().filter(offer__dealing=dealing)),
        *(one.text for one in standing_disclosures(dealing)),
    ]
    cited = {digest for one in signed for digest in read_record(one.data).texts.values()}
    return {row.digest: PackedText(row.body, bytes(row.salt)) for row in rows if row.digest in cited and row.salt}


def standing_disclosures(dealing: Dealing) -> list[Disclosure]:
    """What the asker has let the vendor know and not taken back."""
    return [one for one in disclosures_of(dealing) if one.stands_on(timezone.localdate())]


def terms_texts(signed: list[SignedRecord]) -> frozenset[str]:
    """The exact texts of all terms that the records cite."""
    wanted = cited_terms([read_record(one.data) for one in signed])
    return frozenset(terms.text for terms in roster() if terms.text_digest in wanted)


def page_for(actor: Actor, dealing: Dealing, signed: list[SignedRecord]) -> str:
    """The same as a page that any browser shows, without the server and without scripts."""
    return render_to_string(
        "relationships/bundle.html",
        {
            "dealing": dealing,
            "veiled": veiled_of(dealing.wish) if has_agreed(dealing) else None,
            "standing": standing_offer(dealing) if is_won(dealing) else None,
            "side": side_of(actor, dealing).value,
            "records": [(one.digest, json.loads(one.data)) for one in signed],
            "messages": messages_of(dealing),
            "disclosures": standing_disclosures(dealing),
            "packed_at": timezone.now(),
        },
    )
