"""The container: files in one zip whose bytes depend on nothing but the files, and reading any zip safely."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evenhand.errors import EvenhandError

MOST_BYTES = 64 * 1024 * 1024
"""The most that a bundle may hold, packed or unpacked."""
MOST_FILES = 10_000
MOST_DIRECTORY_BYTES = MOST_FILES * 256
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The moment every file bears: the first that a zip can name."""
END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
ZIP64_LOCATOR = b"PK\x06\x07"
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}(?:/[a-z0-9][a-z0-9._-]{0,99}){0,3}")
BASE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    OverflowError,
)
"""What the zip reader raises on hostile bytes."""


class ContainerError(EvenhandError):
    """A file is no container we read. Data: reason (zip, size, files, name, twice, packing) and name where known."""

    code = "container_unreadable"


@dataclass(frozen=True, slots=True)
class Container:
    """A base folder and the files in it, by their path below it."""

    base: str
    files: Mapping[str, bytes]


def write_container(container: Container) -> bytes:
    """One zip with the files in order of their names, stored as they are, so that the bytes are always the same."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(container.files):
            entry = zipfile.ZipInfo(f"{container.base}/{name}", EARLIEST)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, container.files[name])
    return buffer.getvalue()


def read_container(data: bytes) -> Container:
    """The files of a zip, also of one that somebody packed anew; raises before anything large is unpacked."""
    _refuse_unless(len(data) <= MOST_BYTES, "size")
    _check_directory_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except UNREADABLE as error:
        raise ContainerError(reason="zip", name="") from error


def _check_directory_size(data: bytes) -> None:
    """Refuse a directory of millions of files before the zip reader makes an object of each."""
    _refuse_unless(len(data) >= END_OF_DIRECTORY.size, "zip")
    end = END_OF_DIRECTORY.unpack(data[-END_OF_DIRECTORY.size :])
    _refuse_unless(end[0] == b"PK\x05\x06" and end[7] == 0, "zip")
    _refuse_unless(data[-END_OF_DIRECTORY.size - 20 :][:4] != ZIP64_LOCATOR, "zip")
    _refuse_unless(end[4] <= MOST_FILES and end[5] <= MOST_DIRECTORY_BYTES, "files")


def _read(archive: zipfile.ZipFile) -> Container:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _refuse_unless(0 < len(entries) <= MOST_FILES, "files")
    _refuse_unless(sum(entry.file_size for entry in entries) <= MOST_BYTES, "size")
    base = entries[0].filename.partition("/")[0]
    _refuse_unless(BASE_NAME.fullmatch(base) is not None, "name", base)
    names = [_name_below(base, entry.filename) for entry in entries]
    _refuse_unless(len(set(names)) == len(names), "twice")
    return Container(base, dict(zip(names, _contents(archive, entries), strict=True)))


def _name_below(base: str, path: str) -> str:
    folder, _, name = path.partition("/")
    _refuse_unless(folder == base and FILE_NAME.fullmatch(name) is not None, "name", path)
    return name


def _contents(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    for entry in entries:
        plain = entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} and not entry.flag_bits & 1
        _refuse_unless(plain, "packing", entry.filename)
        with archive.open(entry) as file:
            content = file.read(entry.file_size + 1)
        _refuse_unless(len(content) == entry.file_size, "size", entry.filename)
        yield content


def _refuse_unless(fine: bool, reason: str, name: str = "") -> None:
    if not fine:
        raise ContainerError(reason=reason, name=name)
