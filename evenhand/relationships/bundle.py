"""The bundle: everything one side holds of a dealing, in one file that anyone can read without Evenhand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from evenhand.errors import EvenhandError
from evenhand.records import SignedRecord, canonical, digest, parse, read_line, salted_digest
from evenhand.relationships.bag import bag_info, put_in_bag
from evenhand.relationships.container import Container, read_container, write_container
from evenhand.terms.record import Record, read_record

CHAIN = "data/chain.jsonl"
ROTATIONS = "data/rotations.jsonl"
ABOUT = "data/dealing.json"
PAGE = "data/readme.html"
FILES = "data/files/"
ENDINGS = ((b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"RIFF", ".webp"), (b"%PDF", ".pdf"))
"""What the files that offers may carry begin with, and what they are called, so that people can open them."""
AGENT = "Evenhand, bundle format 1"
PURPOSE = "One side's copy of a dealing. To check it: python -m evenhand verify FILE"
MOST_RECORDS = 10_000
"""In one chain, and more than a working life of dealings; each costs a millisecond to check."""
MOST_ROTATIONS = 100
SALT = re.compile(r"[0-9a-f]{32,128}\n")


class BundleUnfitError(EvenhandError):
    """What should be packed does not belong together. Data: reason (empty, text, terms, file) and digest."""

    code = "bundle_unfit"


class BundleUnreadableError(EvenhandError):
    """A file is no bundle we read. Data: file, the part that is missing or malformed."""

    code = "bundle_unreadable"


@dataclass(frozen=True, slots=True)
class Text:
    """Words that a record commits to, and the salt without which nobody can guess them from the record."""

    words: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """One side's copy of a dealing.

    ``texts`` by their salted digest: those that were erased are simply not there, nor are ``files`` that came with an
    offer, of which the record names the digests. ``terms`` are exact texts of all
    terms that the records cite. ``about`` is plain data about the dealing and ``page`` the same as HTML: conveniences
    that nobody signs. ``packed_on`` is the only date in the file's making.
    """

    records: tuple[SignedRecord, ...]
    packed_on: date
    texts: Mapping[str, Text] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()
    files: frozenset[bytes] = frozenset()
    rotations: tuple[SignedRecord, ...] = ()
    about: Mapping[str, object] = field(default_factory=dict)
    page: str = ""


def pack(bundle: Bundle) -> bytes:
    """The bundle as a BagIt bag in a zip; the same bundle always gives the same bytes. Source: RFC 8493."""
    if not bundle.records:
        raise BundleUnfitError(reason="empty", digest="")
    records = [read_record(one.data) for one in bundle.records]
    payload = {
        CHAIN: _lines(bundle.records),
        ABOUT: canonical(bundle.about),
        PAGE: bundle.page.encode("utf-8"),
        **({ROTATIONS: _lines(bundle.rotations)} if bundle.rotations else {}),
        **_terms_files(bundle.terms, records),
        **_text_files(bundle.texts, records),
        **_attached_files(bundle.files, records),
    }
    dealing = records[0].heading.dealing
    info = {
        "Bag-Software-Agent": AGENT,
        "Bagging-Date": bundle.packed_on.isoformat(),
        "Evenhand-Head": bundle.records[-1].digest,
        "Evenhand-Records": str(len(records)),
        "External-Description": PURPOSE,
        "External-Identifier": dealing,
    }
    return write_container(Container(f"evenhand-{dealing}", put_in_bag(payload, info)))


def unpack(data: bytes) -> Bundle:
    """The bundle in a file; raises a code for a file that has no such parts, and trusts nothing that is in it."""
    return read_files(read_container(data).files)


def read_files(files: Mapping[str, bytes]) -> Bundle:
    """The bundle among the files of a bag."""
    about = parse(_part(files, ABOUT))
    if not isinstance(about, dict):
        raise BundleUnreadableError(file=ABOUT)
    signed = _read_lines(files, CHAIN, most=MOST_RECORDS)
    return Bundle(
        records=signed,
        packed_on=_packed_on(files),
        texts=_read_texts(files, [read_record(one.data) for one in signed]),
        terms=frozenset(_words(files, name) for name in files if name.startswith("data/terms/")),
        files=frozenset(content for name, content in files.items() if name.startswith(FILES)),
        rotations=_read_lines(files, ROTATIONS, most=MOST_ROTATIONS) if ROTATIONS in files else (),
        about=about,
        page=_words(files, PAGE),
    )


def text_paths(records: list[Record]) -> Iterator[tuple[str, str, str]]:
    """For every text that the records commit to: its salted digest, and where its words and its salt lie."""
    for record in records:
        for name, committed in record.texts.items():
            stem = f"data/texts/{record.heading.number:04}-{name}"
            yield committed, f"{stem}.txt", f"{stem}.salt"


def cited_terms(records: list[Record]) -> frozenset[str]:
    """The digests of all terms texts that the records cite."""
    cited = (part for record in records for part in record.body.values() if isinstance(part, dict))
    return frozenset(str(part["text"]) for part in cited if "text" in part)


def cited_files(records: list[Record]) -> frozenset[str]:
    """The digests of all files that the records name."""
    parts = [part for record in records for part in record.body.values() if isinstance(part, Mapping)]
    named = [part.get("attachments") for part in parts]
    return frozenset(str(one) for several in named if isinstance(several, list) for one in several)


def file_path(content: bytes) -> str:
    """Where a file lies in a bag: by its digest, with the ending that its first bytes call for."""
    ending = next((ending for start, ending in ENDINGS if content.startswith(start)), "")
    return f"{FILES}{digest(content).removeprefix('sha256:')}{ending}"


def terms_path(text_digest: str) -> str:
    """Where the terms with this digest lie in a bag."""
    return f"data/terms/{text_digest.removeprefix('sha256:')}.txt"


def read_salt(content: bytes) -> bytes:
    """The salt in a salt file, or nothing where it holds none."""
    text = content.decode("utf-8", errors="replace")
    return bytes.fromhex(text) if SALT.fullmatch(text) and len(text) % 2 else b""


def _terms_files(terms: frozenset[str], records: list[Record]) -> dict[str, bytes]:
    files = {digest(text.encode("utf-8")): text.encode("utf-8") for text in terms}
    amiss = files.keys() ^ cited_terms(records)
    if amiss:
        raise BundleUnfitError(reason="terms", digest=min(amiss))
    return {terms_path(name): content for name, content in files.items()}


def _text_files(texts: Mapping[str, Text], records: list[Record]) -> dict[str, bytes]:
    paths = list(text_paths(records))
    amiss = texts.keys() - {committed for committed, _, _ in paths}
    amiss |= {name for name, text in texts.items() if salted_digest(text.words, text.salt) != name}
    if amiss:
        raise BundleUnfitError(reason="text", digest=min(amiss))
    kept = [(texts[committed], words, salt) for committed, words, salt in paths if committed in texts]
    files = {words: text.words.encode("utf-8") for text, words, _ in kept}
    return files | {salt: f"{text.salt.hex()}\n".encode() for text, _, salt in kept}


def _attached_files(contents: frozenset[bytes], records: list[Record]) -> dict[str, bytes]:
    amiss = {digest(content) for content in contents} - cited_files(records)
    if amiss:
        raise BundleUnfitError(reason="file", digest=min(amiss))
    return {file_path(content): content for content in contents}


def _lines(signed: tuple[SignedRecord, ...]) -> bytes:
    return b"".join(one.line() + b"\n" for one in signed)


def _read_lines(files: Mapping[str, bytes], name: str, *, most: int) -> tuple[SignedRecord, ...]:
    *lines, rest = _part(files, name).split(b"\n", maxsplit=most)
    if rest:
        raise BundleUnreadableError(file=name)
    return tuple(read_line(line) for line in lines)


def _read_texts(files: Mapping[str, bytes], records: list[Record]) -> dict[str, Text]:
    return {
        committed: Text(_words(files, words), read_salt(files[salt]))
        for committed, words, salt in text_paths(records)
        if words in files and salt in files
    }


def _packed_on(files: Mapping[str, bytes]) -> date:
    try:
        return date.fromisoformat(bag_info(files).get("Bagging-Date", ""))
    except ValueError as error:
        raise BundleUnreadableError(file="bag-info.txt") from error


def _words(files: Mapping[str, bytes], name: str) -> str:
    try:
        return _part(files, name).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BundleUnreadableError(file=name) from error


def _part(files: Mapping[str, bytes], name: str) -> bytes:
    if name not in files:
        raise BundleUnreadableError(file=name)
    return files[name]
