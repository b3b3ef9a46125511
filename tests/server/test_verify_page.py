"""The verify page: anybody drops a bundle; it is checked in memory and nothing of it is kept."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand_server.people.actor import Actor
from evenhand_server.relationships import checking
from evenhand_server.relationships.queries import bundle_for
from evenhand_server.terms.models import Record
from tests.deal import agree_on_terms, dealing_after_matching, reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def bundle(rosa: Actor, hull_cycles: Actor) -> bytes:
    """What Rosa holds of a dealing with Hull Cycles."""
    return bundle_for(rosa, reread(agree_on_terms(hull_cycles, dealing_after_matching(rosa))))


def dropped(client: Client, content: bytes, digests: str = "") -> str:
    """The page after a file was dropped."""
    file = SimpleUploadedFile("dealing.zip", content, content_type="application/zip")
    answer = client.post("/verify", {"file": file, "digests": digests})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_good_bundle_is_valid_for_whoever_drops_it(bundle: bytes, client: Client) -> None:
    page = dropped(client, bundle, Record.objects.get().digest)
    assert ">Valid<" in page
    assert "One record, signed and unchanged." in page


def test_what_is_broken_is_said_in_plain_words(bundle: bytes, client: Client) -> None:
    page = dropped(client, bundle.replace(b"mountain", b"mountaim"))
    assert ">Not valid<" in page
    assert "was changed" in page
    assert "No record has the digest you were told" in dropped(client, bundle, "sha256:" + "0" * 64)


def test_nothing_of_it_is_kept(bundle: bytes, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    files = django_settings.ENVIRONMENT.files_folder
    before = sorted(files.rglob("*")) if files.exists() else []
    dropped(client, bundle + b" " * 3_000_000)
    assert list(tmp_path.iterdir()) == []
    assert (sorted(files.rglob("*")) if files.exists() else []) == before


def test_a_file_that_is_too_large_is_given_up_on_the_way(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "LARGEST", 1000)
    file = SimpleUploadedFile("dealing.zip", b"0" * 200_000)
    assert client.post("/verify", {"file": file}).status_code in {413, 422}
    assert client.post("/verify", {}).status_code == 422


def bomb() -> bytes:
    """Two hundred million zeros in a small file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("evenhand-x/bagit.txt", b"0" * 200_000_000)
    return buffer.getvalue()


def strange(name: str) -> bytes:
    """A zip with one strange name in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, b"x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"no zip at all", bomb(), strange("../../etc/passwd"), strange("/root"), strange("a/" * 90)]
)
def test_hostile_files_are_refused_and_break_nothing(client: Client, content: bytes) -> None:
    file = SimpleUploadedFile("dealing.zip", content)
    answer = client.post("/verify", {"file": file})
    assert answer.status_code in {200, 422}
    assert ">Valid<" not in answer.content.decode()
