"""What each kind of due row asks for: one function a step, called with the row that it is about."""

from collections.abc import Callable

from django.utils import timezone

from evenhand_server.dealings.models import Dealing
from evenhand_server.directory.actions import TAKE_IN, take_in_some
from evenhand_server.domains.actions import LOOK_AGAIN, look_again
from evenhand_server.domains.asked import place_of
from evenhand_server.domains.models import DomainClaim
from evenhand_server.domains.resolver import look_up
from evenhand_server.intents.actions import expire_intent
from evenhand_server.intents.models import Intent
from evenhand_server.intents.queries import wish_value
from evenhand_server.invitations.actions.guest import tell_guest, tell_guest_digests
from evenhand_server.invitations.queries import invitation_of_guest
from evenhand_server.journal.actions import prune_changes
from evenhand_server.keys.actions import end_wait
from evenhand_server.letters.actions import POST
from evenhand_server.limits.actions import prune_allowances
from evenhand_server.news.actions import tell
from evenhand_server.offers.actions import KEPT_AFTER, say_friendly_no
from evenhand_server.offers.queries import kept_deals_of
from evenhand_server.people.actions import keep_count
from evenhand_server.people.queries import people_to_tell
from evenhand_server.people.roles import Act
from evenhand_server.relationships.actions import begin_relationship, proffer_anew
from evenhand_server.relationships.models import VendorChange
from evenhand_server.safety.actions import END, end_after_block
from evenhand_server.safety.queries import upheld_dealings
from evenhand_server.terms.actions import expire_proffer
from evenhand_server.terms.models import AwaitedSignature, Proffer, Record
from evenhand_server.workers.introduce import match_intent, match_interest
from evenhand_server.workers.post import post_letter

Step = Callable[[int], None]
TellingStep = Callable[[int, str], None]


def end_intent(target: int) -> None:
    """The time of an intent is over."""
    expire_intent(Intent.objects.get(pk=target))


def end_proffer(target: int) -> None:
    """Nobody answered in time: silence is expired."""
    expire_proffer(Proffer.objects.select_related("dealing").get(pk=target))


def end_signature(target: int) -> None:
    """A device did not sign in time; one that did has nothing awaited any more."""
    awaited = AwaitedSignature.objects.filter(pk=target).first()
    if awaited is not None:
        end_wait(awaited)


def tell_others(target: int) -> None:
    """An intent has ended; the sellers who still wait get a friendly no."""
    say_friendly_no(Intent.objects.get(pk=target))


def begin(target: int) -> None:
    """Both sides want to go on together."""
    begin_relationship(Proffer.objects.select_related("dealing").get(pk=target))


def tell_vendor(target: int, what: str) -> None:
    """Something happened that the vendor wants to know."""
    dealing = Dealing.objects.select_related("wish").get(pk=target)
    invitation = invitation_of_guest(dealing)
    if invitation is not None:
        tell_guest(invitation)
        return
    tell_all(dealing, dealing.vendor_id, Act.ANSWER_TERMS, what)


def tell_asker(target: int, what: str) -> None:
    """Something happened that the asker wants to know."""
    dealing = Dealing.objects.select_related("wish", "intent").get(pk=target)
    tell_all(dealing, dealing.intent.party_id, Act.PUBLISH, what)


def tell_digest(target: int) -> None:
    """Something was signed: each side is told the digest, so that nobody can cut its records short later."""
    record = Record.objects.select_related("dealing__wish", "dealing__intent").get(pk=target)
    dealing, what = record.dealing, "record_signed"
    tell_all(dealing, dealing.intent.party_id, Act.PUBLISH, what, digest=record.digest)
    invitation = invitation_of_guest(dealing)
    if invitation is not None:
        tell_guest_digests(invitation)
        return
    tell_all(dealing, dealing.vendor_id, Act.ANSWER_TERMS, what, digest=record.digest)


def put_anew(target: int) -> None:
    """A vendor has changed."""
    proffer_anew(VendorChange.objects.select_related("party").get(pk=target))


def prune(_target: int) -> None:
    """Forget limits that nobody has used up, and changes after which the same vendor changed again."""
    prune_allowances(timezone.now())
    prune_changes()


def tell_all(dealing: Dealing, party_id: int, act: Act, what: str, *, digest: str = "") -> None:
    """Tell each member of a party whom it concerns."""
    about, path = wish_value(dealing.wish).category, f"/dealings/{dealing.public_id}"
    for person in people_to_tell(party_id, act):
        tell(person, what, party_id=party_id, path=path, about=about, dealing_id=dealing.pk, digest=digest)


def count_kept(target: int) -> None:
    """A week has passed since a party made a deal: count those it kept."""
    keep_count(target, kept_deals_of(target, timezone.now() - KEPT_AFTER, but_not=upheld_dealings()))


def look_at_domain(target: int) -> None:
    """Whether a domain still shows whose it is; one given up meanwhile does not matter."""
    claim = DomainClaim.objects.filter(pk=target, proof__isnull=False).first()
    if claim is not None:
        look_again(claim, look_up(place_of(claim)) if claim.way == DomainClaim.Way.DNS else ())


def end_blocked(target: int) -> None:
    """Two who do not want to meet again still had something open."""
    end_after_block(Dealing.objects.select_related("intent__closure", "decline").get(pk=target))


INSIDE: dict[str, Step] = {
    "match_intent": match_intent,
    "match_interest": match_interest,
    "expire_intent": end_intent,
    "expire_proffer": end_proffer,
    "expire_signature": end_signature,
    "say_friendly_no": tell_others,
    "begin_relationship": begin,
    "tell_digest": tell_digest,
    "proffer_anew": put_anew,
    "prune_allowances": prune,
    "count_kept_deals": count_kept,
    END: end_blocked,
    TAKE_IN: take_in_some,
}
"""Steps within this database: done in the transaction that strikes out their row, so exactly once."""
TELLING: dict[str, TellingStep] = {"tell_vendor": tell_vendor, "tell_asker": tell_asker}
"""Steps within this database that also need to know what happened."""
OUTSIDE: dict[str, Step] = {POST: post_letter, LOOK_AGAIN: look_at_domain}
"""Steps that speak with the world: no transaction waits for it, so each keeps by itself what it has done."""
