"""Reading blocks and reports: each side its own, the operators all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from evenhand_server.dealings.models import Dealing, Message, Side
from evenhand_server.dealings.queries import side_of
from evenhand_server.market.queries import must_be_operator
from evenhand_server.offers.models import Offer
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Block
from evenhand_server.safety.models import Decision, Report, Subject
from evenhand_server.storage.errors import NotFoundError

APPEAL_WITHIN = timedelta(days=14)
WITH = ("dealing__intent", "dealing__wish__veiled", "dealing__vendor", "about", "party", "words", "appeal__words")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on a dealing that can be reported: its kind, its random id, and the other side's words in it."""

    subject: Subject
    target: str
    words: str = ""

    @property
    def value(self) -> str:
        """As a form sends it."""
        return f"{self.subject}:{self.target}"


def blocks_of(actor: Actor) -> QuerySet[Block]:
    """Whom the party blocked, by the dealing in which it met them, the newest first."""
    rows = Block.objects.filter(party_id=actor.party_id)
    return rows.select_related("dealing__vendor", "dealing__intent").order_by("-id")


def block_of(actor: Actor, block_id: str) -> Block:
    """One block of the party."""
    block = blocks_of(actor).filter(public_id=block_id).first()
    if block is None:
        raise NotFoundError
    return block


def has_blocked(actor: Actor, dealing: Dealing) -> bool:
    """Whether the party blocked the other side of this dealing."""
    return Block.objects.filter(party_id=actor.party_id, dealing=dealing).exists()


def name_of_other(party_id: int, dealing: Dealing) -> str:
    """What one side calls the other: the seller by its name, whoever asks by the name that holds it back."""
    return dealing.pairwise_name if dealing.vendor_id == party_id else dealing.vendor.name


def things_on(actor: Actor, dealing: Dealing) -> Iterator[Thing]:
    """Everything of the other side on this dealing that can be reported."""
    return things_seen_by(side_of(actor, dealing), dealing)


def things_seen_by(side: Side, dealing: Dealing) -> Iterator[Thing]:
    """Everything of the other side, seen by one."""
    if side == Side.VENDOR:
        yield Thing(Subject.REQUEST, dealing.public_id)
        other = Side.ASKER
    else:
        offer = Offer.objects.filter(dealing=dealing).first()
        if offer is not None:
            yield Thing(Subject.OFFER, offer.public_id)
        other = Side.VENDOR
    for message in Message.objects.filter(dealing=dealing, side=other).select_related("text").order_by("id"):
        yield Thing(Subject.MESSAGE, message.public_id, message.text.body)
    yield Thing(Subject.PARTY, dealing.public_id)


def reports_of(actor: Actor) -> QuerySet[Report]:
    """What the party reported, and what was reported of it and has been decided; the newest first."""
    decided = Q(about_id=actor.party_id, decisions__isnull=False)
    rows = Report.objects.filter(Q(party_id=actor.party_id) | decided).distinct()
    return rows.select_related(*WITH).prefetch_related("decisions__words").order_by("-id")


def report_of(actor: Actor, report_id: str) -> Report:
    """One report as one of the two sides may see it."""
    report = reports_of(actor).filter(public_id=report_id).first()
    if report is None:
        raise NotFoundError
    return report


def all_reports(actor: Actor) -> QuerySet[Report]:
    """Every report, for who runs this server."""
    must_be_operator(actor)
    return Report.objects.select_related(*WITH).prefetch_related("decisions__words").order_by("-id")


def waiting_reports(actor: Actor) -> QuerySet[Report]:
    """Those that wait for a decision, the oldest first: none yet, or none since the appeal."""
    first = Q(decisions__isnull=True)
    second = Q(appeal__isnull=False) & ~Q(pk__in=Decision.objects.filter(round=2).values("report_id"))
    return all_reports(actor).filter(first | second).order_by("id")


def any_report(actor: Actor, report_id: str) -> Report:
    """One report, for who runs this server."""
    report = all_reports(actor).filter(public_id=report_id).first()
    if report is None:
        raise NotFoundError
    return report


def decisions_of(report: Report) -> list[Decision]:
    """What was decided, in its order."""
    return sorted(report.decisions.all(), key=lambda decision: decision.round)


def state_of(report: Report) -> str:
    """Where it stands: waiting, dismissed, upheld, paused, or appealed."""
    decisions = decisions_of(report)
    if hasattr(report, "appeal") and len(decisions) == 1:
        return "appealed"
    return decisions[-1].outcome if decisions else "waiting"


def is_waiting(report: Report) -> bool:
    """Whether it is an operator's turn."""
    return state_of(report) in {"waiting", "appealed"}


def may_appeal(party_id: int, report: Report, now: datetime) -> bool:
    """Whether the first decision went against this party, not long ago, and nobody appealed yet."""
    decisions = decisions_of(report)
    if len(decisions) != 1 or hasattr(report, "appeal") or now > decisions[0].at + APPEAL_WITHIN:
        return False
    lost = report.party_id if decisions[0].outcome == Decision.Outcome.DISMISSED else report.about_id
    return lost == party_id


def upheld_dealings() -> set[int]:
    """The dealings on which a report was found right in the end: they are no kept deals."""
    rows = Decision.objects.order_by("round").values_list("report_id", "report__dealing_id", "outcome")
    last = {report: (dealing, outcome) for report, dealing, outcome in rows}
    return {dealing for dealing, outcome in last.values() if outcome != Decision.Outcome.DISMISSED}
