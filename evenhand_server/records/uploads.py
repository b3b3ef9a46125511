"""What somebody uploads, checked by what is in it and never by its name: pictures written anew, PDFs as they are.

A picture that comes out holds nothing but its points: no place, no camera, no name, and nothing hidden behind its end.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from evenhand.errors import EvenhandError

MOST_BYTES = 5_000_000
MOST_POINTS = 40_000_000
"""A bomb unpacks to more; a photograph of a good camera has some 25 million."""
LONGEST_SIDE = 2400
PICTURES = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/png", "png")}
"""What may come in, and as what it is kept."""
PDF = b"%PDF-"
LONGEST_NAME = 80


class FileRefusedError(EvenhandError):
    """An upload is nothing that is kept here; data: name, and reason (size, kind, picture)."""

    code = "file_refused"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: what it is called, what it is, and its bytes."""

    name: str
    media_type: str
    data: bytes


def check_upload(name: str, data: bytes) -> Checked:
    """The file as it may be kept; raises FileRefusedError for anything that is no picture and no PDF."""
    shown = safe_name(name)
    if not data or len(data) > MOST_BYTES:
        raise FileRefusedError(name=shown, reason="size")
    if data.startswith(PDF):
        return Checked(f"{stem(shown)}.pdf", "application/pdf", data)
    return written_anew(shown, data)


def written_anew(name: str, data: bytes) -> Checked:
    """A picture as a fresh file with its points alone, upright, and no larger than a screen needs."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=tuple(PICTURES)) as picture:
                if picture.width * picture.height > MOST_POINTS:
                    raise FileRefusedError(name=name, reason="picture")
                kind = str(picture.format)
                points = ImageOps.exif_transpose(picture)
                points.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except UnidentifiedImageError as error:
        raise FileRefusedError(name=name, reason="kind") from error
    except (OSError, ValueError, SyntaxError, EOFError, Warning, Image.DecompressionBombError) as error:
        raise FileRefusedError(name=name, reason="picture") from error
    media_type, ending = PICTURES[kind]
    return Checked(f"{stem(name)}.{ending}", media_type, packed(points, kind))


def packed(points: Image.Image, kind: str) -> bytes:
    """The points as bytes; copied into an empty picture first, so that nothing else of the old one comes along."""
    mode = "RGB" if kind == "JPEG" else "RGBA"
    bare = Image.new(mode, points.size)
    bare.paste(points.convert(mode))
    out = io.BytesIO()
    bare.save(out, "JPEG" if kind == "JPEG" else "PNG", quality=85, optimize=True)
    return out.getvalue()


def safe_name(name: str) -> str:
    """A file's name as it may be shown and saved: no folders, no control characters, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '"<>|:*?;%')
    return kept.strip(". ")[:LONGEST_NAME] or "file"


def stem(name: str) -> str:
    """A name without its ending, which says what something is no better than its writer does."""
    return name.rpartition(".")[0] or name
