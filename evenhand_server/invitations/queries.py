"""Reading lists, invitations and links: a party sees its own; a link shows what it is for, and nobody's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.models import Intent
from evenhand_server.invitations.kinds import INVITATION
from evenhand_server.invitations.models import (
    Guest,
    Invitation,
    Link,
    MailCode,
    Silence,
    Supplier,
    SupplierList,
    SupplierSheet,
)
from evenhand_server.invitations.tokens import DOUBLE_CLICK, digest_of, mailbox_of
from evenhand_server.letters.queries import bounces_among, troubled_among
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Membership
from evenhand_server.people.newcomers import kept_deals
from evenhand_server.people.queries import blocked_with
from evenhand_server.storage.errors import NotFoundError


def lists_of(actor: Actor) -> QuerySet[SupplierList]:
    """The party's lists by name, each with how many sellers stand in it."""
    return SupplierList.objects.filter(party_id=actor.party_id).annotate(size=Count("suppliers")).order_by("name", "id")


def list_of(actor: Actor, list_id: str) -> SupplierList:
    """One list of the party."""
    found = lists_of(actor).filter(public_id=list_id).first()
    if found is None:
        raise NotFoundError
    return found


def suppliers_of(actor: Actor, list_id: str = "", group: str = "") -> QuerySet[Supplier]:
    """The sellers in the party's lists, or in one list, or in one group of it."""
    rows = Supplier.objects.filter(list__party_id=actor.party_id).select_related("list")
    if list_id:
        rows = rows.filter(list__public_id=list_id)
    if group:
        rows = rows.filter(group=group)
    return rows.order_by("list__name", "group", "name", "email")


def supplier_of(actor: Actor, supplier_id: str) -> Supplier:
    """One seller in a list of the party."""
    found = suppliers_of(actor).filter(public_id=supplier_id).first()
    if found is None:
        raise NotFoundError
    return found


def sheet_of(actor: Actor, sheet_id: str) -> SupplierSheet:
    """A file of the party that is being looked at."""
    found = SupplierSheet.objects.filter(party_id=actor.party_id, public_id=sheet_id).first()
    if found is None:
        raise NotFoundError
    return found


def invitations_of(intent: Intent) -> QuerySet[Invitation]:
    """Whom this intent was sent to, in order."""
    rows = Invitation.objects.filter(intent=intent)
    return rows.select_related("link__revocation", "dealing__vendor").order_by("id")


def invitation_of(actor: Actor, invitation_id: str) -> Invitation:
    """One invitation to an intent of the party."""
    rows = Invitation.objects.filter(intent__party_id=actor.party_id, public_id=invitation_id)
    found = rows.select_related("link__revocation", "intent__closure").first()
    if found is None:
        raise NotFoundError
    return found


def public_link_of(intent: Intent) -> Link | None:
    """The link of this intent that may be passed on, if there is one that works."""
    rows = Link.objects.filter(intent=intent, invitation__isnull=True, revocation__isnull=True)
    return rows.filter(expires_at__gt=timezone.now()).order_by("-id").first()


def links_of(actor: Actor) -> QuerySet[Link]:
    """All links of the party's intents."""
    return Link.objects.filter(intent__party_id=actor.party_id).select_related("intent", "revocation", "invitation")


def link_with_token(token: str, now: datetime) -> Link | None:
    """The link of a token, as long as it works."""
    rows = Link.objects.filter(digest=digest_of(token)).select_related("revocation")
    link = rows.first()
    return link if link is not None and link.works(now) else None


def working_link(link_id: str, now: datetime) -> Link | None:
    """A link by its id, with what its page shows, as long as it works."""
    rows = Link.objects.filter(public_id=link_id)
    link = rows.select_related("revocation", "invitation__dealing", "intent__closure", "intent__party").first()
    return link if link is not None and link.works(now) else None


def is_silent(email: str) -> bool:
    """Whether this mailbox wants no invitations."""
    return Silence.objects.filter(mailbox=mailbox_of(email)).exists()


def silent_among(mailboxes: list[str]) -> set[str]:
    """Those of these mailboxes that want no invitations."""
    return set(Silence.objects.filter(mailbox__in=mailboxes).values_list("mailbox", flat=True))


def blocked_among(actor: Actor, mailboxes: list[str]) -> set[str]:
    """Those of these mailboxes whose guest and this party want to hear nothing of each other."""
    blocked = blocked_with(actor.party_id)
    rows = Guest.objects.filter(asker_id=actor.party_id, party_id__in=blocked, mailbox__in=mailboxes)
    return set(rows.values_list("mailbox", flat=True))


def count_invited(actor: Actor, since: datetime) -> int:
    """How many sellers this party asked since then, and as long as it has kept no deal, this person for any party."""
    whose = Q(intent__party_id=actor.party_id)
    if not kept_deals(actor.party_id):
        whose |= Q(by_id=actor.person_id)
    return Invitation.objects.filter(whose, at__gt=since).exclude(source=Invitation.Source.ASKED).count()


def invited_among(intent: Intent, mailboxes: list[str]) -> set[str]:
    """Those of these mailboxes that were asked already."""
    rows = Invitation.objects.filter(intent=intent, mailbox__in=mailboxes)
    return set(rows.values_list("mailbox", flat=True))


def guest_of(party_id: int) -> Guest | None:
    """The guest who answers under this party, as long as they have no account."""
    return Guest.objects.filter(party_id=party_id, claim__isnull=True).select_related("membership__person").first()


def guests_of_mailbox(guest: Guest) -> list[Guest]:
    """Everybody under whom the mailbox of this guest answers without an account, whoever asked it."""
    rows = Guest.objects.filter(mailbox=guest.mailbox, claim__isnull=True)
    return list(rows.select_related("membership__person", "membership__party", "party"))


def guest_actor(invitation: Invitation) -> Actor | None:
    """Who acts when an invited mailbox answers; none before it first did, and none once an account has taken over."""
    if invitation.dealing is None:
        return None
    guest = guest_of(invitation.dealing.vendor_id)
    return Actor(guest.membership.person, guest.membership) if guest is not None else None


def invitation_of_guest(dealing: Dealing) -> Invitation | None:
    """The invitation by which a guest answers here; none once they have an account, or where nobody was invited."""
    if guest_of(dealing.vendor_id) is None:
        return None
    return Invitation.objects.filter(dealing=dealing).first()


def heard_in_an_account(invitation: Invitation) -> bool:
    """Whether somebody with this mailbox acts for a seller here who has heard of the intent without the invitation."""
    people = EmailAddress.objects.filter(email__iexact=invitation.email, verified=True).values("user_id")
    parties = Membership.objects.filter(person_id__in=people, departure__isnull=True).values("party_id")
    return Dealing.objects.filter(intent_id=invitation.intent_id, vendor_id__in=parties).exists()


@dataclass(frozen=True, slots=True)
class Standing:
    """An invitation as its asker sees it."""

    invitation: Invitation
    state: str


def standings_of(intent: Intent) -> list[Standing]:
    """Every invitation with how it stands: sent, opened (the dealing says more), bounced, revoked, over; or perhaps
    not mailed (unsure), or refused by the mail server."""
    return standings_among(list(invitations_of(intent)))


def standings_among(rows: list[Invitation]) -> list[Standing]:
    """These invitations, each with how it stands."""
    now = timezone.now()
    came_back = bounces_among([one.email for one in rows])
    troubles = troubled_among(INVITATION, [one.pk for one in rows])
    return [Standing(one, state_of(one, now, came_back, troubles)) for one in rows]


def state_of(invitation: Invitation, now: datetime, came_back: set[str], troubles: Mapping[int, str]) -> str:
    """How an invitation stands, as a code; by mailboxes that ``came_back`` and mails that are not out."""
    if invitation.dealing_id is not None:
        return "opened"
    if invitation.email.lower() in came_back:
        return "bounced"
    if hasattr(invitation.link, "revocation"):
        return "revoked"
    return troubles.get(invitation.pk, "sent") if invitation.link.works(now) else "over"


def code_is_on_its_way(invitation: Invitation) -> bool:
    """Whether a code was asked for that can still be given, and was not given yet."""
    until = timezone.now() + DOUBLE_CLICK
    return MailCode.objects.filter(invitation=invitation, expires_at__gt=until).exists()


def has_account(email: str) -> bool:
    """Whether somebody here has confirmed this mailbox as theirs; asked only by whoever holds it."""
    return bool(EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True).exists())


def groups_of(actor: Actor) -> dict[int, list[str]]:
    """The groups in each of the party's lists."""
    rows = Supplier.objects.filter(list__party_id=actor.party_id).exclude(group="")
    found: dict[int, list[str]] = {}
    for list_id, group in rows.values_list("list_id", "group").distinct().order_by("group"):
        found.setdefault(list_id, []).append(group)
    return found
