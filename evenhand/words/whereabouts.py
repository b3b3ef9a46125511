"""Where something is wanted: the place that a text names, told from words that only sound like one."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from evenhand.measures import Area, distance_km
from evenhand.words.gazetteer import Place
from evenhand.words.lexicon import Lexicon
from evenhand.words.mentions import Cue, find_cues
from evenhand.words.place_names import Candidate, find_candidates, find_departures, is_word
from evenhand.words.reading import Found
from evenhand.words.sources import Sources
from evenhand.words.text import Text
from evenhand.words.tokens import APART, STOP, TOGETHER, Token

TOWN_KM = 15.0
"""How far round a town people look when they say nothing else."""

KM_OF_MILE = 1.609344

_NOWHERE = -9
_ENOUGH = 5.5
_BIG = 60_000
"""A town has so many people if a misspelt name may stand anywhere."""

_KINDS = ("in", "to", "area")


@dataclass(frozen=True, slots=True)
class _Choice:
    candidate: Candidate
    place: Place
    score: float
    departs: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The place found and the stretches of the text it took, with the words that introduce it."""

    place: Found[Area] | None
    covered: tuple[tuple[int, int], ...] = ()


def find_place(text: Text, tokens: Sequence[Token], lexicon: Lexicon, sources: Sources, *, country: str) -> Whereabouts:
    """The likeliest place, a country if only that is named, or none."""
    cues = find_cues(tokens, lexicon, _KINDS)
    radius = _radius(text, lexicon)
    candidates = find_candidates(tokens, cues, lexicon, sources, after_radius=radius.end if radius else _NOWHERE)
    choices = _choices(candidates, tokens, sources, country, find_departures(tokens, lexicon))
    if not choices and (abroad := _country(text, tokens, cues, sources)).place:
        return abroad
    choices = choices or _misspelt(tokens, cues, lexicon, sources, country)
    if not choices:
        return Whereabouts(None)
    best = _most_exact(choices)
    span = _span(text, tokens, best, choices)
    area = _area(best.place, radius.km if radius else 0.0)
    others = tuple(_area(place, area.radius_km) for place in _others(best, choices))
    found = Found(area, (text.span(*span),), _confidence(best), others)
    return Whereabouts(found, (_with_cue(span, best, tokens, cues), *([(radius.start, radius.end)] if radius else [])))


def _choices(
    candidates: Sequence[Candidate], tokens: Sequence[Token], sources: Sources, country: str, departures: Sequence[int]
) -> list[_Choice]:
    places = sources.gazetteer.find(candidate.name for candidate in candidates)
    regions = {candidate.name: region for candidate in candidates if (region := sources.regions.get(candidate.name))}
    scored = [
        _Choice(
            candidate,
            place,
            _score(candidate, place, tokens, sources, country),
            candidate.first in departures,
            _state_follows(candidate, place, tokens, sources),
        )
        for candidate in candidates
        for place in (*places.get(candidate.name, ())[:12], *regions.get(candidate.name, ()))
        if not candidate.country or _is_own_city(place, country)
    ]
    good = [choice for choice in scored if choice.score >= _ENOUGH and choice.candidate.context >= _needed(choice)]
    return sorted(
        good, key=lambda choice: (choice.candidate.goods, -choice.score, choice.candidate.first, choice.place.id)
    )


def _is_own_city(place: Place, country: str) -> bool:
    """Granada is a country too; to who is in Spain it is a city."""
    return place.country == country and place.main and (place.population >= 50_000 or place.id == 0)


def _needed(choice: _Choice) -> float:
    """A word that is also an ordinary one needs a preposition; a small place more than a capital."""
    if choice.named or (choice.place.id == 0 and any(letter.isdigit() for letter in choice.candidate.name)):
        return 0.0
    if choice.candidate.lower and not choice.candidate.is_word and choice.place.main and choice.place.population > 3000:
        return 0.4
    if choice.candidate.is_word:
        alone = 1.9 if choice.candidate.ends and choice.place.main else 3.0
        return alone if choice.candidate.first == choice.candidate.last else 1.5
    return 0.4 if choice.place.population >= 150_000 else 1.4


def _score(candidate: Candidate, place: Place, tokens: Sequence[Token], sources: Sources, country: str) -> float:
    score = candidate.context + 0.55 * math.log10(place.population + 10) + 0.5 * (candidate.last - candidate.first)
    score += 1.4 if place.main else (0.7 if place.country == country or place.population > 200_000 else -0.6)
    score += 2.2 if place.country == country else 0.0
    score -= 2.0 if candidate.is_word else 0.0
    score += 1.5 if place.id == 0 and candidate.last > candidate.first else 0.0
    return score + (3.0 if _state_follows(candidate, place, tokens, sources) else 0.0)


def _state_follows(candidate: Candidate, place: Place, tokens: Sequence[Token], sources: Sources) -> bool:
    """Austin TX, Paris, Texas, London, Ontario, Valencia, Spain."""
    start = candidate.last + 1
    start += start + 1 < len(tokens) and tokens[start].word in _WITHIN and tokens[start].gap == TOGETHER
    for length in (1, 2, 3):
        run = tokens[start : start + length]
        if len(run) < length or run[0].gap == STOP:
            return False
        name = " ".join(token.word for token in run)
        if sources.country_names.get(name) == place.country:
            return True
        if any(
            name in {region.region.lower(), key} and region.region == place.region and region.country == place.country
            for key, regions in _states(name, sources)
            for region in regions
            if region.region
        ):
            return True
        if any(_lies_in(place, region) for region in sources.regions.get(name, ()) if run[0].gap != STOP):
            return True
    return False


_WITHIN = frozenset({"in", "en", "im"})
"""Louth in Lincolnshire."""


def _lies_in(place: Place, region: Place) -> bool:
    """Richmond, North Yorkshire: a county's name after the town's."""
    far = distance_km(_area(place, 1), _area(region, 1))
    return place.country == region.country and place.id != 0 and far <= region.radius * 1.4


def _states(name: str, sources: Sources) -> Sequence[tuple[str, tuple[Place, ...]]]:
    found = sources.regions.get(name) or sources.state_codes.get(name)
    return ((name, found),) if found else ()


def _most_exact(choices: Sequence[_Choice]) -> _Choice:
    """Of a town and its district the district; of several places the likeliest."""
    best = choices[0]
    departing = [choice for choice in choices if choice.departs]
    if departing:
        return departing[0]
    for other in choices[1:]:
        if other.candidate == best.candidate or other.score < best.score - 4.5:
            continue
        near = distance_km(_area(best.place, 1), _area(other.place, 1)) < max(30, 1.4 * best.place.radius)
        overlap = other.candidate.first <= best.candidate.last and best.candidate.first <= other.candidate.last
        if near and not overlap and 0 < other.place.population < best.place.population and other.score > _ENOUGH + 0.5:
            return other
    return best


def _others(best: _Choice, choices: Sequence[_Choice]) -> list[Place]:
    """Namesakes that it may be instead."""
    far: list[Place] = []
    for choice in choices:
        known = [best.place, *far]
        if choice.candidate == best.candidate and all(
            distance_km(_area(choice.place, 1), _area(place, 1)) > 40 for place in known
        ):
            far.append(choice.place)
    return far[:3]


def _span(text: Text, tokens: Sequence[Token], best: _Choice, choices: Sequence[_Choice]) -> tuple[int, int]:
    return tokens[best.candidate.first].start, tokens[best.candidate.last].end


def _with_cue(span: tuple[int, int], best: _Choice, tokens: Sequence[Token], cues: Sequence[Cue]) -> tuple[int, int]:
    start, end = span
    for cue in cues:
        if cue.last + 1 == best.candidate.first and tokens[best.candidate.first].gap == TOGETHER:
            start = tokens[cue.first].start
        if cue.kind == "area" and cue.first == best.candidate.last + 1 and tokens[cue.first].gap == TOGETHER:
            end = tokens[cue.last].end
    return start, end


def _area(place: Place, radius: float) -> Area:
    return Area(place.name, place.country, place.lat, place.lon, radius or place.radius or TOWN_KM)


def _confidence(best: _Choice) -> float:
    if best.candidate.guess:
        return 0.8
    return min(0.98, 0.72 + 0.03 * (best.score - _ENOUGH) + 0.06 * min(best.candidate.context, 3.0))


def _misspelt(
    tokens: Sequence[Token], cues: Sequence[Cue], lexicon: Lexicon, sources: Sources, country: str
) -> list[_Choice]:
    """After "in" or "near" stands a word that nobody knows: the town of the person's country that it resembles."""
    after = [cue.last + 1 for cue in cues if cue.kind == "in" and cue.last + 1 < len(tokens)]
    plain = [at for at in after if tokens[at].gap == TOGETHER] + _alone(tokens)
    for at in plain + [at for at in _last(tokens) if at not in plain]:
        if len(tokens[at].word) < 5:
            continue
        if is_word([tokens[at]], at, at, frozenset(), lexicon, sources):
            continue
        name = _nearest(tokens[at].word, sources.gazetteer.known(country))
        here = [place for place in sources.gazetteer.find([name]).get(name, ()) if place.country == country]
        if here and (at in plain or here[0].population >= _BIG):
            candidate = Candidate(at, at, name, 3.0, is_word=False, guess=True)
            return [_Choice(candidate, place, _ENOUGH) for place in here[:3]]
    return []


def _last(tokens: Sequence[Token]) -> list[int]:
    """The last words before something that was taken already, or of all: "veg box weekly glasgw £15"."""
    return [at for at in range(2, len(tokens)) if at + 1 == len(tokens) or tokens[at + 1].gap == APART][:4]


def _alone(tokens: Sequence[Token]) -> list[int]:
    """Words that stand alone between commas, but for the first."""
    ends = [at + 1 == len(tokens) or tokens[at + 1].gap != TOGETHER for at in range(len(tokens))]
    return [at for at in range(1, len(tokens)) if tokens[at].gap != TOGETHER and ends[at]][:4]


def _nearest(word: str, names: Sequence[str]) -> str:
    """The name that is one or two slips away; empty when none is."""
    found = process.extractOne(word, names, scorer=OSA.distance, score_cutoff=2 if len(word) > 6 else 1)
    return str(found[0]) if found else ""


def _country(text: Text, tokens: Sequence[Token], cues: Sequence[Cue], sources: Sources) -> Whereabouts:
    """A country by its name, after a preposition."""
    for cue in cues:
        for length in (2, 1):
            run = tokens[cue.last + 1 : cue.last + 1 + length]
            code = sources.country_names.get(" ".join(token.word for token in run)) if cue.kind != "area" else None
            if code and run[0].gap == TOGETHER:
                span = (run[0].start, run[-1].end)
                name = text.shown[span[0] : span[1]]
                return Whereabouts(
                    Found(Area(name, code), (text.span(*span),), 0.92), ((tokens[cue.first].start, span[1]),)
                )
    return Whereabouts(None)


@dataclass(frozen=True, slots=True)
class _Radius:
    km: float
    start: int
    end: int


@lru_cache(maxsize=16)
def _radius_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    radius, of = lexicon.pattern("cues", "radius"), lexicon.pattern("cues", "radius_of")
    unit = rf"(?:{lexicon.pattern('cues', 'km')}|(?P<mile>{lexicon.pattern('cues', 'mile')}))"
    return re.compile(rf"(?<![\w.,])(?:{radius}\s*)?(?P<n>\d{{1,3}})\s?-?{unit}(?!\w)(?:\s+{of}(?!\w))*")


def _radius(text: Text, lexicon: Lexicon) -> _Radius | None:
    """ "Within 30 km of", "up to 10 miles"."""
    found = _radius_pattern(lexicon).search(text.plain)
    if not found:
        return None
    return _Radius(float(found["n"]) * (KM_OF_MILE if found["mile"] else 1.0), *found.span())
