"""The library on the command line: ``python -m evenhand COMMAND``; each command says what it found in plain words."""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

from evenhand.errors import EvenhandError
from evenhand.intents.read import read
from evenhand.matching.answers import answer_lines
from evenhand.matching.lines import LineUnreadableError, read_intents, read_interests, read_rates
from evenhand.matching.rates import NO_RATES
from evenhand.records import SEED_BYTES, BadKeyError, Custody, digest, parse, signing_key
from evenhand.relationships.verify import Report, verify
from evenhand.terms.chain import Finding
from evenhand.terms.own_device import NotYoursToSignError, sign_on_own_device, write_signature
from evenhand.words.places_build import build_places, is_built
from evenhand.words.shown import Shown, show
from evenhand.words.sources import Sources, open_sources
from evenhand.words.tree import Tree

ALL_IS_WELL, SOMETHING_IS_BROKEN, CANNOT_READ = 0, 1, 2
"""Exit codes: all is well; something was found broken; a file or an option could not be read."""

LINES_BETWEEN_NOTES = 100_000

WHAT_WAS_FOUND = {
    "container_unreadable": "This is no zip file that we can read ({reason} {name}).",
    "not_a_bag": "The file is a zip, but not a bundle: the BagIt files are missing.",
    "bundle_unreadable": "The bundle's part {file} is missing or cannot be read.",
    "bag_count": "The bundle does not hold as many bytes and files as it says.",
    "manifest_malformed": "The list of files {file} is damaged.",
    "file_missing": "The file {file} is missing.",
    "file_unlisted": "The file {file} is not on the list.",
    "file_changed": "The file {file} was changed.",
    "file_unknown": "Note: the file {file} is no part of the records.",
    "not_canonical": "A record is not written in the one form that can be signed ({reason} {at}).",
    "record_malformed": "Record {record} cannot be read ({field}).",
    "chain_empty": "There is no record in the chain.",
    "chain_cut": "The chain does not end where the bundle says.",
    "chain_broken": "Record {record} does not follow the one before ({field}).",
    "dealing_changed": "Record {record} belongs to another dealing.",
    "moment_earlier": "Note: record {record} bears an earlier time than the one before.",
    "signature_lapsed": "Note: record {record} was not signed by the {role} side in time, and binds nobody.",
    "signature_missing": "Record {record} lacks a valid signature of the {role} side.",
    "signature_stranger": "Record {record} bears a signature that belongs to neither side ({key}).",
    "key_changed": "Record {record} names a new key for the {role} side that the old key did not vouch for.",
    "reference_unknown": "Record {record} refers to a record that is not before it ({field}).",
    "rotation_invalid": "Change of key {rotation} is not signed as it must be ({reason}).",
    "digest_not_found": "No record has the digest you were told: {digest}.",
    "text_erased": "Note: the text {text} was erased; the record stays valid without it.",
    "text_half_erased": "Of the text {text} and its salt only one is there.",
    "text_changed": "The text {text} is not the one that was signed.",
    "text_unknown": "The text {file} belongs to no record.",
    "attachment_erased": "Note: a file of the offer was erased; the record stays valid without it ({digest}).",
    "attachment_changed": "The file {file} is not the one that was signed.",
    "attachment_unknown": "The file {file} is named by no record.",
    "terms_missing": "The text of terms that were signed is missing ({digest}).",
    "terms_changed": "The text of terms is not the one that was signed ({digest}).",
    "terms_unknown": "The terms {file} are cited by no record.",
    "container_rewritten": "Note: the contents are as they were packed, but another tool has packed them anew.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    parser = argparse.ArgumentParser(prog="python -m evenhand", description="Evenhand without a server.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_read(commands)
    _add_match(commands)
    _add_verify(commands)
    _add_key(commands)
    _add_sign(commands)
    options = parser.parse_args(arguments)
    code: int = options.run(options)
    return code


def _add_read(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "read", help="read plain words", description="Read plain words: what is wanted, where, for how much, by when."
    )
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("text", nargs="?", help="what somebody wants, in plain words")
    what.add_argument("--jsonl", type=Path, metavar="FILE", help="read lines of id, text, country_hint and now")
    command.add_argument("--country", default="", metavar="CODE", help="the writer's country, as in GB")
    command.add_argument(
        "--now", type=datetime.fromisoformat, default=datetime.now(UTC), metavar="ISO", help="read as of this moment"
    )
    command.add_argument(
        "--places", type=Path, default=_places(), metavar="FILE", help="the file of places; it is built when missing"
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(run=_read)


def _places() -> Path:
    """Where the file of places lies unless said otherwise."""
    cache = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(cache) if cache else Path.home() / ".cache") / "evenhand" / "places.sqlite"


def _read(options: argparse.Namespace) -> int:
    sources = _sources(options.places)
    if options.jsonl:
        return _read_file(options, sources)
    reading = show(read(options.text, now=options.now, country=options.country, sources=sources), sources.tree)
    print(json.dumps(reading, ensure_ascii=False, indent=2) if options.json else "\n".join(_plainly(reading)))
    return ALL_IS_WELL


def _sources(places: Path) -> Sources:
    if not is_built(places):
        build_places(places, progress=_show_progress)
        print(file=sys.stderr)
    return open_sources(places)


def _show_progress(share: float) -> None:
    print(f"\rBuilding the list of places, once: {share:4.0%}", end="", file=sys.stderr, flush=True)


def _read_file(options: argparse.Namespace, sources: Sources) -> int:
    number = 0
    try:
        for line in _lines(options.jsonl):
            number += 1
            if line.strip():
                print(_read_line(line, options, sources))
    except OSError as error:
        print(f"{error.filename}: cannot be read ({error.strerror}).", file=sys.stderr)
        return CANNOT_READ
    except (ValueError, KeyError, TypeError, AttributeError):
        print(f"{options.jsonl}, line {number}: cannot be read (no JSON object with a text).", file=sys.stderr)
        return CANNOT_READ
    return ALL_IS_WELL


def _read_line(line: str, options: argparse.Namespace, sources: Sources) -> str:
    asked = json.loads(line)
    now = datetime.fromisoformat(asked["now"]) if asked.get("now") else options.now
    country = asked.get("country_hint") or options.country
    reading = show(read(str(asked["text"]), now=now, country=country, sources=sources), sources.tree)
    return json.dumps({"id": asked.get("id"), **reading}, ensure_ascii=False)


def _plainly(reading: dict[str, Shown]) -> Iterator[str]:
    """One line for each thing that was understood."""
    for name, value in reading.items():
        if isinstance(value, dict) and isinstance(path := value.get("path"), list):
            yield f"{name}: {' > '.join(map(str, path))}"
        elif isinstance(value, dict):
            parts = (str(part) for key, part in value.items() if part and key not in {"span", "confidence"})
            yield f"{name}: {' '.join(parts)}"
        elif value:
            yield f"{name}: {json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value}"


def _add_match(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "match", help="match intents with interests", description="Match intents with interests, both as JSON lines."
    )
    command.add_argument("--interests", type=Path, required=True, metavar="FILE", help="one interest a line")
    command.add_argument("--intents", type=Path, required=True, metavar="FILE", help="one intent a line")
    command.add_argument("--rates", type=Path, metavar="FILE", help="a JSON object of currencies and their rates")
    command.add_argument("--top", type=int, default=10, metavar="K", help="how many to show of each (10)")
    command.add_argument(
        "--on", type=date.fromisoformat, default=datetime.now(UTC).date(), metavar="DAY", help="as of this day (today)"
    )
    command.set_defaults(run=_match)


def _match(options: argparse.Namespace) -> int:
    try:
        _print_answers(options)
    except OSError as error:
        print(f"{error.filename}: cannot be read ({error.strerror}).", file=sys.stderr)
        return CANNOT_READ
    except LineUnreadableError as error:
        why = error.data["field"] or "no JSON object"
        print(f"{error.data['file']}, line {error.data['line']}: cannot be read ({why}).", file=sys.stderr)
        return CANNOT_READ
    return ALL_IS_WELL


def _print_answers(options: argparse.Namespace) -> None:
    tree = Tree.load(files("evenhand.words") / "data" / "categories.tsv")
    rates = read_rates(_lines(options.rates), file=str(options.rates)) if options.rates else NO_RATES
    interests = list(read_interests(_lines(options.interests), file=str(options.interests)))
    intents = read_intents(_lines(options.intents), file=str(options.intents))
    for line in answer_lines(intents, interests, tree=tree, on=options.on, top=options.top, rates=rates):
        print(line)


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file, one at a time; a note on the error output now and then tells how far we are."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if number % LINES_BETWEEN_NOTES == 0:
                print(f"{path}: {number:,} lines", file=sys.stderr)
            yield line


def _add_verify(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("verify", help="check bundles of records", description="Check bundles of records.")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a bundle that somebody downloaded")
    command.add_argument(
        "--digest", action="append", default=[], help="a digest you were told at signing; it must be in the chain"
    )
    command.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    return max(_verify_file(path, options.digest) for path in options.files)


def _verify_file(path: Path, expected: Sequence[str]) -> int:
    try:
        data = path.read_bytes()
    except OSError as error:
        print(f"{path}: cannot be read ({error.strerror}).", file=sys.stderr)
        return CANNOT_READ
    report = verify(data, expected=expected)
    print(f"{path}: {_summary(report)}")
    for finding in report.findings:
        print(f"  {sentence_of(finding)}")
    return ALL_IS_WELL if report.is_valid else SOMETHING_IS_BROKEN


def _summary(report: Report) -> str:
    count = len(report.records)
    told = f"{count} record{'' if count == 1 else 's'} of dealing {report.dealing}, the last is {report.head}"
    return f"valid. {told}." if report.is_valid else "NOT VALID."


def sentence_of(finding: Finding) -> str:
    """What was found, as a sentence in English."""
    parts = {name: str(value) for name, value in finding.data.items()}
    missing = dict.fromkeys(("reason", "name", "at", "field", "file", "record", "rotation"), "")
    return WHAT_WAS_FOUND.get(finding.code, finding.code).format(**{**missing, **parts})


def _add_key(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "key",
        help="make a signing key that never leaves this device",
        description="Make a signing key, write it to a new file that only you can read, and say its public name.",
    )
    command.add_argument("file", type=Path, metavar="KEYFILE", help="the file to make; keep it secret and back it up")
    command.set_defaults(run=_make_key)


def _make_key(options: argparse.Namespace) -> int:
    seed = secrets.token_bytes(SEED_BYTES)
    try:
        with open(os.open(options.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(f"{seed.hex()}\n")
    except OSError as error:
        print(f"{options.file}: cannot be made ({error.strerror}).", file=sys.stderr)
        return CANNOT_READ
    print(signing_key(seed, custody=Custody.OWN_DEVICE).public)
    return ALL_IS_WELL


def _add_sign(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "sign",
        help="sign a record on this device",
        description="Sign a downloaded record with your own key; the signature goes to the standard output.",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="the record to sign, as you downloaded it")
    command.add_argument("--key", type=Path, required=True, metavar="KEYFILE", help="a file that the key command made")
    command.set_defaults(run=_sign)


def _sign(options: argparse.Namespace) -> int:
    try:
        data = options.file.read_bytes()
        signature = sign_on_own_device(data, seed=bytes.fromhex(options.key.read_text(encoding="ascii").strip()))
    except OSError as error:
        print(f"{error.filename}: cannot be read ({error.strerror}).", file=sys.stderr)
        return CANNOT_READ
    except (BadKeyError, ValueError):
        print(f"{options.key}: this is no key file.", file=sys.stderr)
        return CANNOT_READ
    except NotYoursToSignError as error:
        print(f"{options.file}: this record does not ask for your key {error.data['key']}.", file=sys.stderr)
        return SOMETHING_IS_BROKEN
    except EvenhandError as error:
        print(f"{options.file}: this is no record that we can read ({error}).", file=sys.stderr)
        return CANNOT_READ
    print(json.dumps(parse(data), ensure_ascii=False, indent=2), file=sys.stderr)
    print(f"This is what you have signed; its digest is {digest(data)}.", file=sys.stderr)
    print(write_signature(signature).decode(), end="")
    return ALL_IS_WELL


if __name__ == "__main__":
    sys.exit(main())
