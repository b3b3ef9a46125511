"""The bag: BagIt 1.0 manifests over the files of a bundle, made and checked. Source: RFC 8493."""

import hashlib
import re
from collections.abc import Iterator, Mapping

from evenhand.terms.chain import Finding

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)")


def put_in_bag(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a bag: the payload (each path begins with ``data/``), bag-info with its count, and manifests."""
    octets = sum(map(len, payload.values()))
    told = {**info, "Payload-Oxum": f"{octets}.{len(payload)}"}
    tags = {
        "bag-info.txt": "".join(f"{name}: {told[name]}\n" for name in sorted(told)).encode(),
        "bagit.txt": DECLARATION,
        MANIFEST: _manifest(payload),
    }
    return {**payload, **tags, TAG_MANIFEST: _manifest(tags)}


def check_bag(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Whether the files are those of the manifests: not_a_bag, file_missing, file_unlisted, file_changed, bag_count."""
    if files.get("bagit.txt") != DECLARATION or not {"bag-info.txt", MANIFEST, TAG_MANIFEST} <= files.keys():
        yield Finding("not_a_bag", {})
        return
    payload = {name: content for name, content in files.items() if name.startswith("data/")}
    tags = {name: content for name, content in files.items() if name not in payload and name != TAG_MANIFEST}
    yield from _check_manifest(MANIFEST, files[MANIFEST], payload)
    yield from _check_manifest(TAG_MANIFEST, files[TAG_MANIFEST], tags)
    if bag_info(files).get("Payload-Oxum") != f"{sum(map(len, payload.values()))}.{len(payload)}":
        yield Finding("bag_count", {})


def bag_info(files: Mapping[str, bytes]) -> dict[str, str]:
    """The lines of bag-info.txt by their label."""
    lines = files.get("bag-info.txt", b"").decode("utf-8", errors="replace").split("\n")
    return {label: value for label, _, value in (line.partition(": ") for line in lines) if label}


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def _check_manifest(name: str, manifest: bytes, files: Mapping[str, bytes]) -> Iterator[Finding]:
    lines = [LINE.fullmatch(line) for line in manifest.decode("utf-8", errors="replace").split("\n")[:-1]]
    listed = {line[2]: line[1] for line in lines if line}
    if len(listed) != len(lines) or not manifest.endswith(b"\n"):
        yield Finding("manifest_malformed", {"file": name})
    for path in sorted(listed.keys() - files.keys()):
        yield Finding("file_missing", {"file": path})
    for path in sorted(files.keys() - listed.keys()):
        yield Finding("file_unlisted", {"file": path})
    for path in sorted(files.keys() & listed.keys()):
        if hashlib.sha256(files[path]).hexdigest() != listed[path]:
            yield Finding("file_changed", {"file": path})
