"""Beginning: two parties that both want to go on, for a set time, with their parting agreed at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.errors import EvenhandError
from evenhand.terms.agreement import cited
from evenhand.terms.record import EMPTY, Heading, Kind, Record, Role
from evenhand.terms.roster import Terms

LONGEST_YEARS = 10


class NotWantedByBothError(EvenhandError):
    """A relationship begins only when both sides want one. Data: missing, the roles that have not said so."""

    code = "not_wanted_by_both"


class TimeBoxError(EvenhandError):
    """The dates of a relationship do not fit. Data: reason (order, review, too_long)."""

    code = "time_box"


class SeparationPlanError(EvenhandError):
    """A separation plan promises nothing or too late. Data: field."""

    code = "separation_plan"


class TermsDoNotFitError(EvenhandError):
    """These terms do not open a relationship. Data: terms."""

    code = "terms_do_not_fit"


@dataclass(frozen=True, slots=True)
class TimeBox:
    """From ``begins`` to ``ends``, both included; on ``review`` both are asked whether to go on."""

    begins: date
    ends: date
    review: date

    def __post_init__(self) -> None:
        """Refuse a box without an inside, a review outside of it, or one that hardly ends."""
        if self.begins >= self.ends:
            raise TimeBoxError(reason="order")
        if not self.begins < self.review <= self.ends:
            raise TimeBoxError(reason="review")
        if self.ends.year - self.begins.year > LONGEST_YEARS:
            raise TimeBoxError(reason="too_long")


@dataclass(frozen=True, slots=True)
class SeparationPlan:
    """How to part: days of notice, days until everything is handed over, and days until what must go is deleted.

    ``farewells`` are codes of what each side owes the other at the end, such as return_goods or final_invoice.
    """

    notice_days: int
    handover_days: int
    deletion_days: int
    farewells: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a plan that never comes to its end."""
        for name in ("notice_days", "handover_days", "deletion_days"):
            if not 0 <= getattr(self, name) <= 366:
                raise SeparationPlanError(field=name)

    @property
    def plain(self) -> dict[str, object]:
        """The plan as records write it."""
        return {
            "notice_days": self.notice_days,
            "handover_days": self.handover_days,
            "deletion_days": self.deletion_days,
            "farewells": list(self.farewells),
        }


def begin(
    heading: Heading,
    *,
    wanted_by: frozenset[Role],
    box: TimeBox,
    plan: SeparationPlan,
    terms: Terms,
    under: str,
    texts: Mapping[str, str] = EMPTY,
) -> Record:
    """The record with which a relationship begins: opt-in on both sides, boxed in time, its end agreed.

    ``terms`` gate it, and ``under`` is the digest of the offer or terms record it grows out of.
    """
    missing = tuple(role for role in Role if role not in wanted_by)
    if missing:
        raise NotWantedByBothError(missing=missing)
    if terms.gates != "relationship":
        raise TermsDoNotFitError(terms=terms.id)
    body = {
        "wanted_by": list(Role),
        "terms": cited(terms),
        "under": under,
        "begins": box.begins.isoformat(),
        "ends": box.ends.isoformat(),
        "review": box.review.isoformat(),
        "separation": plan.plain,
    }
    return Record(heading, Kind.RELATIONSHIP, tuple(Role), body, texts)
