"""The roster: the only terms that can be proffered, as versioned data with the exact text of each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from evenhand.errors import EvenhandError
from evenhand.records import digest

FORMAT = 1
SIDES = frozenset({"person_and_organisation", "organisations", "people"})
GATES = frozenset({"intent", "relationship", "contribution"})
LASTS = frozenset({"once", "ongoing"})


class RosterUnreadableError(EvenhandError):
    """A roster breaks its own rules. Data: reason and, where it concerns one, terms."""

    code = "roster_unreadable"


class ReservedTermsError(EvenhandError):
    """Somebody's own roster mints terms whose name belongs to another roster. Data: terms."""

    code = "terms_reserved"


@dataclass(frozen=True, slots=True)
class Terms:
    """One agreement of a roster: its id, its exact text, and what it lets the other side do.

    ``between`` is person_and_organisation, organisations or people; ``gates`` what it opens (intent, relationship,
    contribution); ``lasts`` once or ongoing. ``permitted`` and ``prohibited`` are rights of whoever receives the
    data, ``required`` its duties. ``roster`` and ``version`` say where it stands.
    """

    id: str
    title: str
    text: str
    roster: str
    version: str
    between: str
    gates: str
    lasts: str
    permitted: frozenset[str]
    prohibited: frozenset[str]
    required: frozenset[str]
    aliases: tuple[str, ...] = ()
    at_launch: bool = False

    @property
    def text_digest(self) -> str:
        """SHA-256 of the exact text: what is signed, since an id can come to mean something else."""
        return digest(self.text.encode("utf-8"))

    def permits(self, right: str) -> bool:
        """Whether the other side may do this: only what is named, and never what is also prohibited."""
        return right in self.permitted and right not in self.prohibited

    def requires(self, duty: str) -> bool:
        """Whether the other side must do this; what is merely permitted is not required."""
        return duty in self.required

    @property
    def rights(self) -> frozenset[str]:
        """Everything the other side may do."""
        return self.permitted - self.prohibited


@dataclass(frozen=True, slots=True)
class Roster:
    """Terms by id, in the order of the roster; ``reserved`` are beginnings of ids that no other roster may use."""

    id: str
    version: str
    terms: tuple[Terms, ...]
    reserved: tuple[str, ...] = ()
    source: str = ""

    @classmethod
    def load(cls, folder: Path | Traversable) -> "Roster":
        """Read ``roster.json`` and the text files beside it; raises where hashes or names do not fit."""
        plain = _mapping(_json(folder))
        _refuse_unless(plain.get("format") == FORMAT, "format", "")
        rights, duties = _names(plain, "rights"), _names(plain, "duties")
        roster = cls(
            id=_text(plain, "id"),
            version=_text(plain, "version"),
            terms=tuple(_terms(_mapping(one), plain, folder) for one in _list(plain, "terms")),
            reserved=tuple(_names(plain, "reserved")),
            source=_text(plain, "source"),
        )
        for terms in roster.terms:
            known = terms.permitted | terms.prohibited <= set(rights) and terms.required <= set(duties)
            _refuse_unless(known, "clause", terms.id)
            _refuse_unless(terms.between in SIDES and terms.gates in GATES and terms.lasts in LASTS, "kind", terms.id)
        roster._refuse_twins()
        return roster

    def find(self, name: str) -> Terms | None:
        """The terms of exactly this id or address; none for anything else, however much alike."""
        return next((terms for terms in self.terms if name == terms.id or name in terms.aliases), None)

    def __iter__(self) -> Iterator[Terms]:
        """All terms in the roster's order."""
        return iter(self.terms)

    def __contains__(self, name: object) -> bool:
        """Whether this id or address names terms of this roster."""
        return isinstance(name, str) and self.find(name) is not None

    def with_own(self, own: "Roster") -> "Roster":
        """This roster with an operator's own terms after it; their names must not look like ours or a standard's."""
        for terms in own.terms:
            names = [terms.id, *terms.aliases]
            if any(name.upper().startswith(start) for name in names for start in self.reserved):
                raise ReservedTermsError(terms=terms.id)
            if own.id == self.id or any(name in self for name in names):
                raise ReservedTermsError(terms=terms.id)
        joined = Roster(self.id, self.version, self.terms + own.terms, self.reserved, self.source)
        joined._refuse_twins()
        return joined

    def _refuse_twins(self) -> None:
        names = [name for terms in self.terms for name in (terms.id, *terms.aliases)]
        twins = {name for name in names if names.count(name) > 1}
        _refuse_unless(not twins, "twice", min(twins, default=""))


def _terms(plain: Mapping[str, object], roster: Mapping[str, object], folder: Path | Traversable) -> Terms:
    clauses = _mapping(plain.get("clauses"))
    terms = Terms(
        id=_text(plain, "id"),
        title=_text(plain, "title"),
        text=_exact_text(folder, _text(plain, "file")),
        roster=_text(roster, "id"),
        version=_text(roster, "version"),
        between=_text(plain, "between"),
        gates=_text(plain, "gates"),
        lasts=_text(plain, "lasts"),
        permitted=frozenset(_names(clauses, "permitted")),
        prohibited=frozenset(_names(clauses, "prohibited")),
        required=frozenset(_names(clauses, "required")),
        aliases=tuple(_names(plain, "aliases")),
        at_launch=plain.get("at_launch") is True,
    )
    _refuse_unless(terms.text_digest == "sha256:" + _text(plain, "sha256"), "text", terms.id)
    return terms


def _json(folder: Path | Traversable) -> object:
    try:
        plain: object = json.loads(_exact_text(folder, "roster.json"))
    except ValueError as error:
        raise RosterUnreadableError(reason="json", terms="") from error
    return plain


def _exact_text(folder: Path | Traversable, name: str) -> str:
    _refuse_unless("/" not in name and "\\" not in name and not name.startswith("."), "file", name)
    try:
        return folder.joinpath(name).read_bytes().decode("utf-8")
    except (OSError, ValueError) as error:
        raise RosterUnreadableError(reason="file", terms=name) from error


def _mapping(plain: object) -> Mapping[str, object]:
    if isinstance(plain, dict):
        return plain
    raise RosterUnreadableError(reason="shape", terms="")


def _list(plain: Mapping[str, object], name: str) -> Sequence[object]:
    found = plain.get(name, [])
    if isinstance(found, list):
        return found
    raise RosterUnreadableError(reason=name, terms="")


def _names(plain: Mapping[str, object], name: str) -> list[str]:
    return [str(one) for one in _list(plain, name)]


def _text(plain: Mapping[str, object], name: str) -> str:
    found = plain.get(name)
    if isinstance(found, str) and found:
        return found
    raise RosterUnreadableError(reason=name, terms=str(plain.get("id", "")))


def _refuse_unless(fine: bool, reason: str, terms: str) -> None:
    if not fine:
        raise RosterUnreadableError(reason=reason, terms=terms)
