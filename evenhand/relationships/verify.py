"""Verifying a bundle: everything that does not fit together is found and named, with nothing but the file at hand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evenhand.errors import EvenhandError
from evenhand.records import WeakSaltError, digest, salted_digest
from evenhand.relationships.bag import bag_info, check_bag
from evenhand.relationships.bundle import (
    ABOUT,
    CHAIN,
    FILES,
    PAGE,
    ROTATIONS,
    Bundle,
    cited_files,
    cited_terms,
    pack,
    read_files,
    read_salt,
    terms_path,
    text_paths,
)
from evenhand.relationships.container import read_container
from evenhand.terms.chain import Chain, Finding, follow
from evenhand.terms.record import Record


@dataclass(frozen=True, slots=True)
class Report:
    """What a bundle holds and everything that was found.

    ``erased`` names the texts, as number and name, that are no longer there; the records stay valid without them.
    """

    findings: tuple[Finding, ...]
    dealing: str = ""
    head: str = ""
    records: tuple[Record, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Nothing is broken; there may be notes."""
        return all(finding.is_note for finding in self.findings)

    @property
    def erased(self) -> tuple[str, ...]:
        """The texts that were erased."""
        return tuple(str(finding.data["text"]) for finding in self.findings if finding.code == "text_erased")


def verify(data: bytes, *, expected: Iterable[str] = ()) -> Report:
    """Check a bundle: container, manifests, chain, digests, signatures, texts and terms; never raises.

    ``expected`` are digests that one was told when something was signed; each must be in the chain, which also finds
    records cut off at the end.
    """
    try:
        container = read_container(data)
    except EvenhandError as error:
        return Report((Finding(error.code, dict(error.data)),))
    findings = list(check_bag(container.files))
    try:
        bundle = read_files(container.files)
    except EvenhandError as error:
        return Report((*findings, Finding(error.code, dict(error.data))))
    chain = follow(bundle.records, rotations=bundle.rotations)
    findings += chain.findings
    findings += _check_contents(container.files, chain)
    findings += [Finding("digest_not_found", {"digest": one}) for one in expected if one not in chain.digests]
    findings += _check_packing(data, bundle, findings)
    dealing = chain.records[0].heading.dealing if chain.records else ""
    return Report(tuple(findings), dealing, chain.head, chain.records)


def _check_contents(files: Mapping[str, bytes], chain: Chain) -> Iterator[Finding]:
    info = bag_info(files)
    if info.get("Evenhand-Head") != chain.head or info.get("Evenhand-Records") != str(len(chain.digests)):
        yield Finding("chain_cut", {})
    yield from _check_texts(files, list(chain.records))
    yield from _check_terms(files, cited_terms(list(chain.records)))
    yield from _check_attached(files, cited_files(list(chain.records)))
    known = {CHAIN, ROTATIONS, ABOUT, PAGE}
    for name in sorted(files):
        if (
            name.startswith("data/")
            and name not in known
            and not name.startswith(("data/texts/", "data/terms/", FILES))
        ):
            yield Finding("file_unknown", {"file": name})


def _check_texts(files: Mapping[str, bytes], records: list[Record]) -> Iterator[Finding]:
    expected = set()
    for committed, words, salt in text_paths(records):
        expected |= {words, salt}
        name = words.removeprefix("data/texts/").removesuffix(".txt")
        if words not in files and salt not in files:
            yield Finding("text_erased", {"text": name})
        elif words not in files or salt not in files:
            yield Finding("text_half_erased", {"text": name})
        elif not _fits(committed, files[words], read_salt(files[salt])):
            yield Finding("text_changed", {"text": name})
    for name in sorted(files):
        if name.startswith("data/texts/") and name not in expected:
            yield Finding("text_unknown", {"file": name})


def _fits(committed: str, words: bytes, salt: bytes) -> bool:
    try:
        return salted_digest(words.decode("utf-8"), salt) == committed
    except WeakSaltError:
        return False


def _check_terms(files: Mapping[str, bytes], cited: frozenset[str]) -> Iterator[Finding]:
    expected = {terms_path(one): one for one in cited}
    for path, cited_digest in sorted(expected.items()):
        if path not in files:
            yield Finding("terms_missing", {"digest": cited_digest})
        elif digest(files[path]) != cited_digest:
            yield Finding("terms_changed", {"digest": cited_digest})
    for name in sorted(files):
        if name.startswith("data/terms/") and name not in expected:
            yield Finding("terms_unknown", {"file": name})


def _check_attached(files: Mapping[str, bytes], cited: frozenset[str]) -> Iterator[Finding]:
    """The files of offers: each as it was signed, or erased; how their names end is nobody's promise."""
    named = {name: f"sha256:{name.removeprefix(FILES)[:64]}" for name in files if name.startswith(FILES)}
    for one in sorted(cited - set(named.values())):
        yield Finding("attachment_erased", {"digest": one})
    for name in sorted(named):
        if named[name] not in cited:
            yield Finding("attachment_unknown", {"file": name})
        elif digest(files[name]) != named[name]:
            yield Finding("attachment_changed", {"file": name})


def _check_packing(data: bytes, bundle: Bundle, findings: Iterable[Finding]) -> Iterator[Finding]:
    """A sound bundle, packed again, gives the same bytes; if not, somebody packed it with another tool."""
    if any(finding.code not in {"text_erased", "attachment_erased", "signature_lapsed"} for finding in findings):
        return
    if pack(bundle) != data:
        yield Finding("container_rewritten", {})
