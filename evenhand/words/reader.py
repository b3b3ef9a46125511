"""The reader: one text through all stages in their order; each stage takes its words out of the way of the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from evenhand.measures import Budget, Quantity
from evenhand.words.categories import find_needs, to_found
from evenhand.words.dates import Day, find_days
from evenhand.words.doubts import find_doubts
from evenhand.words.exclusions import find_exclusions
from evenhand.words.held_back import find_held_back
from evenhand.words.language import language_of
from evenhand.words.lexicon import Lexicon
from evenhand.words.mentions import Candidate
from evenhand.words.money import ABOUT, Amounts, find_alone, find_amounts, to_budget
from evenhand.words.numbers import digits
from evenhand.words.quantities import find_quantity
from evenhand.words.ranges import find_range
from evenhand.words.ranking import rank
from evenhand.words.reading import Doubt, Found, HeldBack, Reading, ReadWish
from evenhand.words.several import find_heads
from evenhand.words.slips import mend
from evenhand.words.sources import LANGUAGES, Sources
from evenhand.words.text import Text, clean
from evenhand.words.tokens import Token, tokenise
from evenhand.words.traits import find_traits
from evenhand.words.whereabouts import find_place
from evenhand.words.wishes import find_wishes


@dataclass(frozen=True, slots=True)
class Asker:
    """Who writes, when and from where: ``country`` and ``language`` may be empty; ``own`` are words to hold back."""

    now: datetime
    country: str = ""
    language: str = ""
    own: Sequence[str] = ()


def read_text(raw: str, asker: Asker, sources: Sources) -> Reading:
    """What a text says; never raises, whatever the text is."""
    text = clean(raw)
    held_back = find_held_back(text, asker.own)
    language = language_of(text, tokenise(text), sources, country=asker.country, said=asker.language)
    has_words = any(letter.isalpha() for letter in text.plain)
    if language not in LANGUAGES or not has_words:
        doubts = find_doubts(ReadWish(), language_known=language in LANGUAGES, has_words=has_words, tree=sources.tree)
        return Reading(raw, language, held_back=held_back, doubts=doubts)
    lexicon = sources.lexicons[language]
    open_text = digits(_without(text, held_back), lexicon)
    wishes = _read_wishes(open_text, asker, lexicon, sources)
    doubts = find_doubts(wishes[0], language_known=True, has_words=True, tree=sources.tree)
    return Reading(raw, language, wishes, held_back, doubts)


def _without(text: Text, held_back: Sequence[HeldBack]) -> Text:
    """Leave out what is held back; of a postcode the first half still says where."""
    spans = []
    for one in held_back:
        start = next((at for at, first in enumerate(text.starts) if first >= one.span.start), len(text.plain))
        end = next((at for at, last in enumerate(text.ends) if last >= one.span.end), len(text.plain) - 1) + 1
        spans.append((end - 3 if one.kind == "postcode" else start, end))
    return text.cover(spans) if spans else text


def _read_wishes(text: Text, asker: Asker, lexicon: Lexicon, sources: Sources) -> tuple[ReadWish, ...]:
    days = find_days(text, lexicon, today=asker.now.date(), country=asker.country)
    rest = text.cover((day.start, day.end) for day in days)
    amounts = _money(find_amounts(rest, lexicon), rest, lexicon, sources)
    rest = rest.cover((amount.start, amount.end) for amount in amounts)
    exclusions = find_exclusions(rest, lexicon)
    musts, nices = find_wishes(rest, lexicon)
    whole, rest = rest, rest.cover(exclusions.covered)
    traits = find_traits(rest, lexicon, whole=whole, excluded=exclusions.covered)
    named = rest.cover(traits.with_names)
    where = find_place(named, tokenise(named), lexicon, sources, country=asker.country)
    rest = rest.cover(where.covered)
    shared = ReadWish(
        place=where.place,
        needed_by=_deadline(text, days),
        condition=traits.condition,
        tolerances=traits.tolerances,
        values=traits.values,
        must_haves=musts,
        nice_to_haves=nices,
        exclusions=exclusions.found,
    )
    country = where.place.value.country if where.place else asker.country
    budgets = [_budget(text, amount, country, sources) for amount in sorted(amounts, key=_likelihood)]
    alone = None if budgets else find_alone(rest)
    if alone and not _counts(rest, alone, lexicon, sources):
        budgets = [_budget(text, alone, country, sources)]
        rest = rest.cover([(alone.start, alone.end)])
    return _for_each_need(rest, shared, budgets, lexicon, sources)


def _money(amounts: tuple[Amounts, ...], text: Text, lexicon: Lexicon, sources: Sources) -> tuple[Amounts, ...]:
    """Without amounts that say how many: "nappies, about 20"; "tattoo, about 250" is a price."""
    vague = [one for one in amounts if one.confidence == ABOUT and one.most < _MANY]
    if not vague or len(amounts) > 1:
        return amounts
    tokens = tokenise(text)
    needs = find_needs(tokens, lexicon, sources)
    many = needs.candidates and tokens[needs.candidates[0].mention.last].word.endswith("s")
    return () if many else amounts


_MANY = 50


def _counts(text: Text, alone: Amounts, lexicon: Lexicon, sources: Sources) -> bool:
    """ "Pallets, 300" and "yoga mats, 20, for a studio" say how many; "drill, Leeds, 80" says how much."""
    tokens = mend(tokenise(text), lexicon, sources)
    needs = find_needs(tokens, lexicon, sources)
    after = next((at for at, token in enumerate(tokens) if token.start >= alone.start), len(tokens))
    ends = {one.mention.last for one in needs.candidates}
    return after - 1 in ends and tokens[after - 1].word.endswith("s")


def _for_each_need(
    text: Text, shared: ReadWish, budgets: Sequence[Found[Budget]], lexicon: Lexicon, sources: Sources
) -> tuple[ReadWish, ...]:
    """One wish for each need; the budget belongs to the first, where there are as many budgets each has its own."""
    tokens = mend(tokenise(text), lexicon, sources)
    needs = rank(tokens, find_needs(tokens, lexicon, sources), lexicon, sources)
    heads = find_heads(tokens, needs, lexicon, sources)
    if not heads:
        return (
            replace(
                shared, budget=budgets[0] if budgets else None, quantity=_number(text, tokens, None, lexicon, sources)
            ),
        )
    own = sorted(budgets, key=lambda found: found.spans[0].start) if len(budgets) == len(heads) else budgets[:1]
    return tuple(
        replace(
            shared,
            category=to_found(text, tokens, head, [one for one in needs.candidates if one not in heads], sources),
            budget=own[at] if at < len(own) else None,
            quantity=_number(text, tokens, head, lexicon, sources),
        )
        for at, head in enumerate(heads)
    )


def _number(
    text: Text, tokens: Sequence[Token], head: Candidate | None, lexicon: Lexicon, sources: Sources
) -> Found[Quantity] | None:
    mention, category = (head.mention, head.category) if head else (None, "")
    return find_quantity(text, tokens, mention, category, lexicon, sources.tree)


def _deadline(text: Text, days: Sequence[Day]) -> Found[date] | None:
    return Found(days[0].day, (text.span(days[0].start, days[0].end),), days[0].confidence) if days else None


def _likelihood(amount: Amounts) -> tuple[float, int]:
    return -amount.confidence, amount.start


def _budget(text: Text, amount: Amounts, country: str, sources: Sources) -> Found[Budget]:
    budget = to_budget(amount, country=country, currencies=sources.currencies)
    return Found(budget, (text.span(amount.start, amount.end),), amount.confidence)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a vendor's text says: as a wish, but with every category and condition it names."""

    wish: ReadWish
    categories: tuple[Found[str], ...]
    conditions: tuple[Found[str], ...]
    language: str
    held_back: tuple[HeldBack, ...]
    doubts: tuple[Doubt, ...]


def read_offer(raw: str, asker: Asker, sources: Sources) -> Offer:
    """What a vendor stands ready to answer; never raises, whatever the text is."""
    reading = read_text(raw, asker, sources)
    wish = reading.wishes[0]
    if wish.category is None:
        return Offer(wish, (), (), reading.language, reading.held_back, reading.doubts)
    lexicon = sources.lexicons[reading.language]
    text = digits(_without(clean(raw), reading.held_back), lexicon)
    categories, conditions = find_range(text, lexicon, sources)
    doubts = tuple(doubt for doubt in reading.doubts if doubt.field != "condition")
    return Offer(wish, categories or (wish.category,), conditions, reading.language, reading.held_back, doubts)
