"""Reading the directory: for a wish who is known near there, and for operators what was brought in."""

from math import cos, radians

from allauth.account.models import EmailAddress
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from evenhand.intents.wish import Wish
from evenhand.measures import Area, distance_km
from evenhand_server.directory.models import DirectoryEntry, DirectoryImport
from evenhand_server.market.queries import must_be_operator
from evenhand_server.messages import tree
from evenhand_server.people.actor import Actor
from evenhand_server.storage.errors import NotFoundError

MOST = 500
KM_A_DEGREE = 111.0
SIGNER = Signer(salt="evenhand.directory")


def known_near(wish: Wish) -> list[DirectoryEntry]:
    """The businesses known for this kind in this area, the nearest first; who has an account here is no stranger."""
    kinds = {*tree().ancestors(wish.category), *(node for node in tree() if tree().within(node, wish.category))}
    rows = DirectoryEntry.objects.filter(category__in=kinds)
    here = EmailAddress.objects.filter(verified=True).values("email")
    found = list(within(rows.exclude(email__in=here), wish.area)[:MOST])
    if not wish.area.is_circle:
        return found
    apart = {entry.pk: distance_km(place_of(entry), wish.area) for entry in found}
    near = [entry for entry in found if apart[entry.pk] <= wish.area.radius_km]
    return sorted(near, key=lambda entry: (apart[entry.pk], entry.pk))


def within(rows: QuerySet[DirectoryEntry], area: Area) -> QuerySet[DirectoryEntry]:
    """Those in the square round a circle, in a country, or anywhere."""
    if not area.is_circle:
        return rows.filter(country=area.country) if area.country else rows
    tall = area.radius_km / KM_A_DEGREE
    wide = tall / max(cos(radians(area.lat)), 0.01)
    return rows.filter(
        lat__gte=area.lat - tall, lat__lte=area.lat + tall, lon__gte=area.lon - wide, lon__lte=area.lon + wide
    )


def place_of(entry: DirectoryEntry) -> Area:
    """Where a business is."""
    return Area(entry.place, entry.country, entry.lat, entry.lon, 1.0)


def imports_of(actor: Actor) -> QuerySet[DirectoryImport]:
    """What was brought in, for who runs this server, the newest first."""
    must_be_operator(actor)
    return DirectoryImport.objects.order_by("-id")


def import_of(actor: Actor, import_id: str) -> DirectoryImport:
    """One of them."""
    found = imports_of(actor).filter(public_id=import_id).first()
    if found is None:
        raise NotFoundError
    return found


def removal_path(email: str) -> str:
    """The end of the address under which a business leaves the directory; empty where it is in none.

    It names the mailbox, by its digest, and not the entry, so that it works on when a file is brought in anew.
    """
    is_known = DirectoryEntry.objects.filter(email=email.lower()).exists()
    return SIGNER.sign(digest_of(email)) if is_known else ""


def mailbox_signed(signed: str) -> str:
    """The digest of the mailbox in such an address."""
    try:
        return SIGNER.unsign(signed)
    except BadSignature as error:
        raise NotFoundError from error


def entry_at(mailbox: str) -> DirectoryEntry | None:
    """The entry with this digest of a mailbox; looked through one by one, as it is seldom asked."""
    rows = DirectoryEntry.objects.values_list("pk", "email").iterator()
    found = next((pk for pk, email in rows if digest_of(email) == mailbox), None)
    return DirectoryEntry.objects.get(pk=found) if found is not None else None


def digest_of(email: str) -> str:
    """An address as the list of removals keeps it."""
    return salted_hmac("evenhand.directory", email.lower(), algorithm="sha256").hexdigest()
