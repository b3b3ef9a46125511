"""Check Evenhand bundles without Evenhand; Python 3.11 or newer and the package "cryptography" are all it takes.

python verify_bundle.py FILE... [sha256:... you were told] ends with 0 (valid), 1 (broken) or 2 (unreadable).
"""

import base64
import hashlib
import hmac
import io
import json
import sys
import zipfile
import zlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MOST_BYTES, ROLES = 64 * 1024 * 1024, ["asking", "answering"]
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PRIME, Y8 = 2**255 - 19, 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
WEAK = {0, 1, PRIME - 1, Y8, PRIME - Y8}  # Keys of small order: one signature would fit every message.
BINDING, CITING = {"terms", "offer", "relationship"}, ("under", "disclosure", "agreement", "unsigned")
FIELDS = {"format", "kind", "dealing", "number", "prev", "moment", "parties", "signers", "texts", "body"}
CHAIN, ROTATIONS, ABOUT, PAGE = "data/chain.jsonl", "data/rotations.jsonl", "data/dealing.json", "data/readme.html"
DAMAGE = (LookupError, TypeError, ValueError, AttributeError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error)


class BrokenError(ValueError):
    """Something does not fit; the text says what."""


def need(fine: object, what: str) -> None:
    if not fine:
        raise BrokenError(what)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: object) -> str:
    """RFC 8785 for values without floats: names in the order of their UTF-16 code units, no spaces."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    need(type(value) in {str, bool, type(None)} or (type(value) is int and abs(value) < 2**53), "a number is inexact")
    return json.dumps(value, ensure_ascii=False)


def parse(data: bytes) -> dict:
    """The value of canonical JSON; any other spelling of it is refused."""
    value = json.loads(data.decode())
    need(canonical(value).encode() == data, "a part is not written in its canonical form")
    return value


def public_key(name: str) -> Ed25519PublicKey:
    """The Ed25519 key of a did:key (multicodec 0xed01, base58btc)."""
    number, letters = 0, ""
    for letter in name.removeprefix("did:key:z")[:48]:
        number = number * 58 + BASE58.find(letter)
    raw = (number % 2**256).to_bytes(32, "big")
    number = int.from_bytes(b"\xed\x01" + raw, "big")
    while number:
        number, place = divmod(number, 58)
        letters = BASE58[place] + letters
    y = int.from_bytes(raw, "little") % 2**255
    need(name == f"did:key:z{letters}" and y < PRIME and y not in WEAK, f"{name} is no key")
    return Ed25519PublicKey.from_public_bytes(raw)


def is_signed(data: bytes, one: dict, key: str, custody: str, purpose: str) -> bool:
    """Whether a signature over these bytes was made by this key, in this custody, for this purpose."""
    try:
        made = base64.urlsafe_b64decode(one["value"] + "==")
        public_key(key).verify(made, f"evenhand-signature-1\n{purpose}\n{custody}\n".encode() + data)
    except (InvalidSignature, ValueError):
        return False
    return one == {"key": key, "custody": custody, "value": base64.urlsafe_b64encode(made).decode().rstrip("=")}


def read_zip(data: bytes) -> tuple[dict[str, bytes], bool]:
    """The files of a zip, none of whose sizes is trusted, and whether the bytes are those that Evenhand writes."""
    need(len(data) <= MOST_BYTES and data[-22:-18] == b"PK\x05\x06" and data[-2:] == b"\0\0", "this is no zip we read")
    need(int.from_bytes(data[-10:-6], "little") < 2**21 and data[-42:-38] != b"PK\x06\x07", "it has too many files")
    again, files = io.BytesIO(), {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(again, "w") as written:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        need(0 < sum(entry.file_size for entry in entries) <= MOST_BYTES, "there is too much in it")
        base = entries[0].filename.partition("/")[0] + "/"
        for entry in sorted(entries, key=lambda entry: entry.filename):
            need(entry.filename.startswith(base) and entry.compress_type in {0, 8}, f"{entry.filename} is misplaced")
            with archive.open(entry) as file:
                files[entry.filename.removeprefix(base)] = content = file.read(entry.file_size + 1)
            plain = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            plain.create_system, plain.external_attr = 3, 0o644 << 16
            written.writestr(plain, content)
    need(len(files) == len(entries), "a file is there twice")
    return files, again.getvalue() == data


def check_bag(files: dict[str, bytes]) -> dict[str, str]:
    """Every file is listed with its hash, and no other (RFC 8493); gives what bag-info.txt tells."""
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    tags = {name: files[name] for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")}
    declaration = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    need(tags["bagit.txt"] == declaration and len(payload) + 4 == len(files), "this is no bag that we read")
    for manifest, listed in (("manifest-sha256.txt", payload), ("tagmanifest-sha256.txt", tags)):
        lines = "".join(f"{sha256(listed[name])}  {name}\n" for name in sorted(listed))
        need(files[manifest] == lines.encode(), f"{manifest} does not fit the files")
    info = dict(line.partition(": ")[::2] for line in tags["bag-info.txt"].decode().split("\n"))
    need(info["Payload-Oxum"] == f"{sum(map(len, payload.values()))}.{len(payload)}", "files were added or lost")
    return info


def read_lines(data: bytes) -> list[tuple[dict, bytes, list]]:
    """A chain file's records: each as a value, as the bytes that are signed, and with the signatures beside them."""
    found = [parse(line) for line in data.split(b"\n")[:-1]]
    need(data[-1:] in b"\n" and all(set(one) == {"record", "signatures"} for one in found), "the chain is cut off")
    return [(one["record"], canonical(one["record"]).encode(), one["signatures"]) for one in found]


def check_record(number: int, chain: list, digests: list, steps: list) -> None:
    """One record: its shape, its link to the one before, and the signatures of everybody who must sign."""
    at, (record, data, beside), signers = f"record {number}", chain[number - 1], chain[number - 1][0]["signers"]
    keys = {side["role"]: (side["key"], side["custody"]) for side in record["parties"] if public_key(side["key"])}
    need(set(record) == FIELDS and record["format"] == 1 and list(keys) == ROLES, f"{at} is malformed")
    need(len(record["parties"]) == len(dict(keys.values())) == 2, f"{at} has not two sides")
    need((record["prev"], canonical(record["number"])) == (digests[-1], str(number)), f"{at} is not in its place")
    need(signers == ROLES or (len(signers) == 1 and record["kind"] not in BINDING), f"{at} lacks signers")
    found = [role for role in ROLES for one in beside if is_signed(data, one, *keys[role], "record")]
    late = record["kind"] in BINDING and f"sha256:{sha256(data)}" in {one["body"].get("unsigned") for one, *_ in chain}
    need((late or set(signers) <= set(found)) and len(found) == len(beside), f"{at} is not signed as it must be")
    need({record["body"].get(name, "") for name in CITING} <= {*digests}, f"{at} refers to nothing")
    for last, _, _ in chain[: number - 1][-1:]:
        need(record["dealing"] == last["dealing"], f"{at} belongs to another dealing")
        for side in last["parties"]:
            reached = {side["key"]}
            for _ in steps:
                reached |= {new for old, new in steps if old in reached}
            need(keys[side["role"]][0] in reached, f"{at} has a key that the old one did not vouch for")


def check_rotation(step: dict, data: bytes, beside: list) -> tuple[str, str]:
    """A new key, for which the old one signs, and which signs itself."""
    held, pair = {one["key"]: one["custody"] for one in beside}, (step["old"], step["new"])
    told = {"format": 1, "kind": "rotation", "custody": held[pair[1]]}.items()
    need(told <= step.items() and len(step) == 6 and "moment" in step, "a change of key is malformed")
    found = {key for key in pair for one in beside if is_signed(data, one, key, held[key], "rotation")}
    need(len(found) == len(beside) == 2, "a change of key is not signed by both keys")
    return pair


def verify(data: bytes, expected: list[str]) -> str:
    """Raise at the first thing that does not fit; else tell what is there and what is not."""
    files, as_written = read_zip(data)
    info, known = check_bag(files), {CHAIN, ROTATIONS, ABOUT, PAGE}
    need(type(parse(files[ABOUT])) is dict and PAGE in files, "a part is missing")
    rotations = [check_rotation(*line) for line in read_lines(files.get(ROTATIONS, b""))]
    chain, erased, sound = read_lines(files[CHAIN]), 0, {at for at in files if sha256(files[at]) == at[11:75]}
    digests = ["", *(f"sha256:{sha256(raw)}" for _, raw, _ in chain)]
    for number, (record, _, _) in enumerate(chain, start=1):
        check_record(number, chain, digests[:number], rotations)
        parts = [part for part in record["body"].values() if isinstance(part, dict)]
        terms = {f"data/terms/{part['text'].removeprefix('sha256:')}.txt" for part in parts if "text" in part}
        need(terms <= sound, f"{number}: terms are missing")
        known |= terms | {at for part in parts for at in sound if f"sha256:{at[11:75]}" in part.get("attachments", "")}
        for words, digest in ((f"data/texts/{number:04}-{name}", value) for name, value in record["texts"].items()):
            there = (f"{words}.txt" in files) + (f"{words}.salt" in files)
            salt = bytes.fromhex(spelled := files.get(f"{words}.salt", b"").decode())
            made = hmac.digest(salt, files.get(f"{words}.txt", b""), "sha256").hex()
            fits = spelled == f"{salt.hex()}\n" and 16 <= len(salt) <= 64 and digest == f"hmac-sha256:{made}"
            need(there == 0 or (there == 2 and fits), f"{words} is not the text that was signed, or only half erased")
            known, erased = known | {f"{words}.txt", f"{words}.salt"}, erased + (there == 0)
    need((info["Evenhand-Head"], info["Evenhand-Records"]) == (digests[-1], str(len(chain))), "the chain is cut off")
    need(chain and set(expected) <= set(digests), "a digest that you were told is not in the chain")
    strays = {name for name in files if name.startswith("data/")} - known
    need(not {name[5:11] for name in strays} & {"texts/", "terms/", "files/"}, "there is a text or file nobody signed")
    told = f"{len(chain)} records, the last is {digests[-1]}; {erased} texts erased; {len(strays)} other files"
    return told + ("" if as_written else "; packed anew by another tool")


def check_file(name: str, expected: list[str]) -> tuple[int, str]:
    """The exit code for one file, and what to tell of it."""
    try:
        with open(name, "rb") as file:
            return 0, f"{name}: valid. {verify(file.read(), expected)}."
    except OSError as error:
        return 2, f"{name}: cannot be read ({error.strerror})."
    except DAMAGE as error:
        return 1, f"{name}: NOT VALID: {error if isinstance(error, BrokenError) else 'a part is damaged'}."


if __name__ == "__main__":
    digests = [one for one in sys.argv[1:] if one.startswith("sha256:")]
    told = [check_file(one, digests) for one in sys.argv[1:] if one not in digests]
    sys.stdout.writelines(f"{text}\n" for _, text in told)
    sys.exit(max((code for code, _ in told), default=2))
