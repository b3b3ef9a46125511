"""What is not traded here: refused kindly where somebody asks for it or stands ready to answer it."""

from collections.abc import Iterable

from evenhand.words.tokens import words_of
from evenhand_server.market.errors import NotTradedError
from evenhand_server.market.queries import NotTraded, not_traded
from evenhand_server.messages import tree


def check_traded(kinds: Iterable[str], words: str) -> None:
    """Refuse kinds that are not traded here, with all below them, and words that are not."""
    if found := untraded(kinds, words):
        raise NotTradedError(what=found)


def untraded(kinds: Iterable[str], words: str, *, here: NotTraded | None = None) -> str:
    """The first of these that is not traded, as people call it; empty where all of it is.

    A wider kind is let through: sports goods are no knives, though knives may be among them. Who asks many times names
    what is not traded ``here`` itself.
    """
    here = here or not_traded()
    for kind in kinds:
        if here.kinds.intersection(tree().ancestors(kind)):
            return tree().name(kind)
    said = f" {' '.join(words_of(words))} "
    return next((word for word in sorted(here.words) if is_said(word, said)), "")


def is_said(word: str, said: str) -> bool:
    """Whether a word or phrase is said as such: "gun" is not said in "begun"."""
    plain = " ".join(words_of(word))
    return bool(plain) and f" {plain} " in said
