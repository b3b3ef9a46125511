"""Files that come with an offer: pictures lose what they tell, and hostile ones are refused or do no harm."""

import io
import json
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from evenhand.records import digest
from evenhand.relationships.bundle import file_path, unpack
from evenhand.relationships.verify import verify
from evenhand_server.account.actions import erase_person
from evenhand_server.dealings.models import Dealing
from evenhand_server.offers.models import OfferVersion
from evenhand_server.people.actor import Actor
from evenhand_server.records.actions import erase_files, keep_file
from evenhand_server.records.models import StoredFile
from evenhand_server.records.queries import path_of
from evenhand_server.records.uploads import FileRefusedError, check_upload, safe_name
from evenhand_server.relationships.queries import bundle_for
from evenhand_server.terms.models import Record
from tests.deal import agree_on_terms, dealing_after_matching, reread
from tests.market import browser_of, sells_mountain_bikes, shop
from tests.programs import program_of

OFFER = {"currency": "GBP", "description_1": "Bike", "price_1": "400", "valid_until": "2027-06-30"}
PDF = b"%PDF-1.4\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    """A small picture as a file."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def with_gps() -> bytes:
    """A photograph that says where it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x9286] = "Zephyrine Row"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif.tobytes(), comment=b"Zephyrine Row")


def bomb() -> bytes:
    """A PNG of a few kilobytes that would unpack to gigabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10**6))) + chunk(b"IEND", b"")
    )


def zip_bomb() -> bytes:
    """A ZIP of many zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("zeros", bytes(5_000_000))
    return out.getvalue()


@pytest.fixture
def agreed(rosa: Actor, hull_cycles: Actor) -> Dealing:
    """A dealing on which Hull Cycles may offer."""
    return agree_on_terms(hull_cycles, dealing_after_matching(rosa))


def offered_with(browser: Client, dealing: Dealing, *files: tuple[str, bytes], **more: object) -> int:
    """Send an offer with files; the status of the answer."""
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    page = f"/dealings/{dealing.public_id}/offer"
    return browser.post(page, {**OFFER, "attachments": uploads, **more}).status_code


def test_a_photograph_loses_where_it_was_taken() -> None:
    kept = check_upload("garden.jpg", with_gps())
    opened = Image.open(io.BytesIO(kept.data))
    assert opened.size == (30, 40)
    assert not opened.getexif()
    assert b"Zephyrine" not in kept.data
    assert "comment" not in opened.info


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("offer.png", b"<!doctype html><script>alert(1)</script>"),
        ("offer.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("offer.png", b'<?xml version="1.0"?><svg onload="alert(1)"/>'),
        ("offer.gif", b"GIF89a/*<script>*/=1;"),
        ("offer.zip", zip_bomb()),
        ("offer.pdf", b"MZ\x90\x00"),
        ("offer.pdf", b" \n<html>%PDF-1.4"),
        ("offer.png", bomb()),
        ("offer.png", picture()[:60]),
        ("offer.jpg", b"\xff\xd8\xff\xe0" + b"<script>" * 100),
        ("offer.png", b""),
        ("offer.png", b"\x89PNG\r\n\x1a\n" + bytes(5_000_001)),
    ],
    ids=[
        *("html as png", "svg with script", "svg as png", "gif with script", "zip bomb", "program", "html before pdf"),
        *("picture bomb", "half a picture", "no picture", "empty", "too large"),
    ],
)
def test_hostile_files_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(FileRefusedError):
        check_upload(name, content)


@pytest.mark.parametrize("hidden", [b"<script>alert(1)</script>", zip_bomb()], ids=["html", "zip"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_hides_behind_a_picture_does_not_come_along(kind: str, hidden: bytes) -> None:
    kept = check_upload("a.png", picture(kind) + hidden)
    assert hidden not in kept.data
    assert Image.open(io.BytesIO(kept.data)).size == (40, 30)


@given(st.binary(max_size=300))
def test_any_bytes_are_kept_or_refused(content: bytes) -> None:
    try:
        kept = check_upload("x", content)
    except FileRefusedError:
        return
    assert kept.media_type in {"application/pdf", "image/png", "image/jpeg"}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.png", "a.png"),
        ('a"\r\nSet-Cookie: x.png', "aSet-Cookie x.png"),
        ("...", "file"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_names_a_file_and_nothing_else(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.django_db(transaction=True)
def test_files_come_with_an_offer_and_are_signed_by_their_digests(
    rosa: Actor, hull_cycles: Actor, agreed: Dealing
) -> None:
    assert offered_with(browser_of(hull_cycles), agreed, ("bike.jpg", with_gps()), ("terms.pdf", PDF)) == 302
    mine, page = browser_of(rosa), f"/dealings/{agreed.public_id}"
    shown = mine.get(page).content.decode()
    for file in StoredFile.objects.all():
        assert file.name in shown
        answer = mine.get(f"{page}/files/{file.public_id}")
        content = b"".join(answer)  # type: ignore[call-overload]
        assert digest(content) == file.digest
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    mine.post(f"{page}/offer/acceptance", {"version": "1"})
    signed = Record.objects.get(kind="offer").data
    assert all(file.digest in signed for file in StoredFile.objects.all())
    assert mine.get(f"{page}/bundle").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("also", [b"<html><script>alert(1)</script>", zip_bomb()], ids=["a page", "a zip bomb"])
def test_what_is_a_pdf_and_something_else_too_is_only_ever_saved_as_a_pdf(
    rosa: Actor, hull_cycles: Actor, agreed: Dealing, also: bytes
) -> None:
    assert offered_with(browser_of(hull_cycles), agreed, ("offer.html", PDF + also)) == 302
    file = StoredFile.objects.get()
    answer = browser_of(rosa).get(f"/dealings/{agreed.public_id}/files/{file.public_id}")
    assert b"".join(answer) == PDF + also  # type: ignore[call-overload] # Nobody unpacked it, or looked for pages.
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="offer.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.django_db(transaction=True)
def test_a_changed_offer_keeps_its_files_but_for_those_taken_off(hull_cycles: Actor, agreed: Dealing) -> None:
    browser = browser_of(hull_cycles)
    offered_with(browser, agreed, ("a.png", picture()), ("b.pdf", PDF))
    first = StoredFile.objects.get(name="a.png")
    offered_with(browser, agreed, price_1="390", taken_off=[first.public_id])
    newest = OfferVersion.objects.get(number=2)
    assert [one.file.name for one in newest.attachments.all()] == ["b.pdf"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("files", "status"),
    [
        ([("offer.png", b"<script>")], 422),
        ([("a.pdf", PDF), ("b.svg", b"<svg/>")], 422),
        ([(f"{number}.pdf", PDF) for number in range(6)], 409),
    ],
    ids=["html", "one of two", "six"],
)
def test_an_offer_with_a_file_that_is_refused_is_not_made(
    hull_cycles: Actor, agreed: Dealing, files: list[tuple[str, bytes]], status: int
) -> None:
    assert offered_with(browser_of(hull_cycles), agreed, *files) == status
    assert not OfferVersion.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_for_the_two_of_a_dealing_alone(rosa: Actor, tom: Actor, hull_cycles: Actor, agreed: Dealing) -> None:
    rival = shop("bev", "Beverley Bikes", sells_mountain_bikes())
    offered_with(browser_of(hull_cycles), agreed, ("a.png", picture()))
    address = f"/dealings/{agreed.public_id}/files/{StoredFile.objects.get().public_id}"
    for stranger in (tom, rival):
        assert browser_of(stranger).get(address).status_code == 404
    assert "/account/login" in Client().get(address).url
    assert browser_of(rosa).get(address.replace("/files/", "/files/0")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_who_is_erased_leaves_no_file_behind(tom: Actor) -> None:
    file = keep_file(tom.party_id, check_upload("a.png", picture()))
    assert path_of(file).exists()
    erase_person(tom)
    assert not path_of(file).exists()
    assert not StoredFile.objects.get().name


def test_both_take_the_files_home_as_they_were_signed(rosa: Actor, hull_cycles: Actor, agreed: Dealing) -> None:
    offered_with(browser_of(hull_cycles), agreed, ("frame.png", picture()), ("plan.pdf", PDF))
    browser_of(rosa).post(f"/dealings/{agreed.public_id}/offer/acceptance", {"version": "1"})
    signed = json.loads(Record.objects.get(kind="offer").data)["body"]["details"]["attachments"]
    for actor in (rosa, hull_cycles):
        packed = bundle_for(actor, reread(agreed))
        assert verify(packed).is_valid
        held = unpack(packed)
        assert sorted(digest(content) for content in held.files) == signed
        for content in held.files:
            assert f'href="{file_path(content).removeprefix("data/")}"' in held.page
    erase_files([hull_cycles.party_id])
    report = verify(bundle_for(rosa, reread(agreed)))
    assert report.is_valid
    assert [finding.code for finding in report.findings].count("attachment_erased") == 2


def test_programs_of_both_sides_take_the_files_and_nobody_elses(
    rosa: Actor, hull_cycles: Actor, tom: Actor, agreed: Dealing
) -> None:
    offered_with(browser_of(hull_cycles), agreed, ("plan.pdf", PDF))
    shown = program_of(rosa).get(f"/dealings/{agreed.public_id}/offer")["files"]
    assert shown == [{**shown[0], "name": "plan.pdf", "media_type": "application/pdf", "digest": digest(PDF)}]
    path = f"/dealings/{agreed.public_id}/files/{shown[0]['id']}"
    for actor in (rosa, hull_cycles):
        answer = program_of(actor).client.get(f"/api/v1{path}", headers=program_of(actor).headers())
        assert b"".join(answer.streaming_content) == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
    assert program_of(tom).get(path).status == 404
