"""What changes between two terms: what the other side may do more or less, and must do more or less."""

from dataclasses import dataclass

from evenhand.terms.roster import Terms


@dataclass(frozen=True, slots=True)
class Change:
    """Codes of rights and duties of whoever receives the data, seen from the first terms to the second."""

    rights_more: frozenset[str]
    rights_less: frozenset[str]
    duties_more: frozenset[str]
    duties_less: frozenset[str]

    @property
    def is_wider(self) -> bool:
        """Whoever's data it is gives up something: the other side may do more, or must do less."""
        return bool(self.rights_more or self.duties_less)


def change(first: Terms, second: Terms) -> Change:
    """What is different when the second terms hold instead of the first."""
    return Change(
        rights_more=second.rights - first.rights,
        rights_less=first.rights - second.rights,
        duties_more=second.required - first.required,
        duties_less=first.required - second.required,
    )
