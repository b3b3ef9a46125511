"""The veil: what vendors see of an intent once they have accepted its terms."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from evenhand.intents.budget import Visibility, visible
from evenhand.intents.contact_details import MARK, contact_details
from evenhand.intents.place import snapped
from evenhand.intents.wish import Wish
from evenhand.intents.wish import as_record as wish_record
from evenhand.plain import FORMAT, Record
from evenhand.words.reading import Reading, Span


@dataclass(frozen=True, slots=True)
class Veiled:
    """The sentence without what identifies its writer, and the wish with place and budget made coarse."""

    sentence: str
    wish: Wish


def veil(
    wish: Wish,
    sentence: str,
    *,
    held_back: Iterable[Span] = (),
    budget_spans: Iterable[Span] = (),
    own_words: Iterable[str] = (),
    visibility: Visibility = Visibility.BANDED,
) -> Veiled:
    """Cut the sentence and coarsen the wish.

    ``own_words`` are the account's own name, address and phone as it holds them, cut wherever they stand. The budget's
    spans are cut unless it is shown. Contact details that no span covers are found by their shape.
    """
    spans = [*held_back, *(() if visibility is Visibility.SHOWN else budget_spans)]
    own = tuple(words for words in own_words if any(map(str.isalnum, words)))
    return Veiled(cut(sentence, spans, own_words=own), _veiled_wish(wish, own, visibility))


def spans_of(reading: Reading) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """What a reading holds back, and where it found budgets: the two kinds of spans that ``veil`` takes."""
    budgets = (read.budget.spans for read in reading.wishes if read.budget)
    return tuple(held.span for held in reading.held_back), tuple(chain.from_iterable(budgets))


def cut(text: str, spans: Iterable[Span] = (), *, own_words: Iterable[str] = ()) -> str:
    """The text with spans, own words and contact details replaced by a mark.

    Looked at again after each cut, since what is left may stand together as a number or an address of its own.
    """
    own = tuple(own_words)
    text = _without(text, [*spans, *_places_of(own, text)])
    while found := [*contact_details(text), *_places_of(own, text)]:
        text = _without(text, found)
    return text


def as_record(veiled: Veiled) -> Record:
    """The veiled intent as a canonical record."""
    return {"format": FORMAT, "sentence": veiled.sentence, "wish": wish_record(veiled.wish)}


def _veiled_wish(wish: Wish, own: tuple[str, ...], visibility: Visibility) -> Wish:
    """The words of the sentence stay behind: they serve matching, and would tell what was cut."""

    def clean(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(cut(text, own_words=own) for text in texts)

    area = snapped(wish.area)
    return replace(
        wish,
        area=replace(area, name=cut(area.name, own_words=own)),
        budget=visible(wish.budget, visibility),
        must_haves=clean(wish.must_haves),
        nice_to_haves=clean(wish.nice_to_haves),
        exclusions=clean(wish.exclusions),
        words=frozenset(),
    )


def _places_of(words: tuple[str, ...], text: str) -> Iterator[Span]:
    for own in words:
        loose = r"\s+".join(map(re.escape, own.split()))
        yield from (Span(*found.span()) for found in re.finditer(rf"(?<!\w){loose}(?!\w)", text, re.IGNORECASE))


def _without(text: str, spans: Iterable[Span]) -> str:
    """Overlapping spans become one mark."""
    pieces, end = [], 0
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if span.start >= end and span.end > span.start:
            pieces += [text[end : span.start], MARK]
        end = max(end, span.end)
    return "".join((*pieces, text[end:]))
