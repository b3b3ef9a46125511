"""A match: an intent and an interest that fit, how well, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something matched, as a code with data; the sentence for people is the caller's."""

    code: str
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """``score`` is 0 to 1; ``accepts_terms`` says that the vendor accepts the proffered terms as they are."""

    score: float
    reasons: tuple[Reason, ...] = ()
    accepts_terms: bool = False
