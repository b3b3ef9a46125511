"""Lists of sellers one knows: whatever a spreadsheet made of them is read or named, and nothing is half done."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from evenhand_server.invitations.models import Supplier, SupplierList, SupplierSheet
from evenhand_server.invitations.sheet import MOST_ROWS, read_pasted, read_sheet
from evenhand_server.people.actor import Actor
from tests.deal import announce
from tests.guests import mail_arrives
from tests.market import browser_of

NAMES = "e-mail,name,note,group\n"


def kept(browser: Client, content: bytes, name: str = "Bikes") -> str:
    """Upload a file and keep it; the address of the list."""
    looked = browser.post("/suppliers", {"name": name, "file": SimpleUploadedFile("x.csv", content)})
    assert looked.status_code == 302, looked.content.decode()
    return str(browser.post(looked.url, {"idempotency_key": content.hex()[:30]}).url)


def codes_of(content: bytes) -> list[str]:
    """What is wrong with a file."""
    return [problem.code for problem in read_sheet(content).problems]


@pytest.mark.parametrize(
    "content",
    [
        f"{NAMES}a@x.example,Ärger & Söhne,kind,north\n".encode(),
        f"{NAMES}a@x.example,Ärger & Söhne,kind,north\n".encode("utf-8-sig"),
        f"{NAMES}a@x.example,Ärger & Söhne,kind,north\n".encode("utf-16"),
        f"{NAMES}a@x.example,Ärger & Söhne,kind,north\n".encode("cp1252"),
        f"{NAMES}a@x.example,Ärger & Söhne,kind,north\n".replace(",", ";").encode(),
        f"{NAMES}a@x.example,Ärger & Söhne,kind,north\n".replace(",", "\t").replace("\n", "\r\n").encode(),
        "Company;Group;E-Mail;Notes\nÄrger & Söhne;north;a@x.example;kind\n".encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "windows", "semicolons", "tabs", "other order"],
)
def test_a_list_is_read_however_the_spreadsheet_saved_it(content: bytes) -> None:
    sheet = read_sheet(content)
    assert sheet.rows == [{"email": "a@x.example", "name": "Ärger & Söhne", "note": "kind", "group": "north"}]
    assert not sheet.problems


def test_a_list_needs_no_headings() -> None:
    assert read_sheet(b"Hull Wheels,a@x.example\nBev,b@x.example\n").rows[1]["name"] == "Bev"


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", "-2+3"])
def test_a_line_that_begins_like_a_formula_is_left_out_and_named(formula: str) -> None:
    sheet = read_sheet(f'{NAMES}a@x.example,"{formula}",,\nb@x.example,Bev,,\n'.encode())
    assert [row["email"] for row in sheet.rows] == ["b@x.example"]
    assert [(problem.code, problem.row) for problem in sheet.problems] == [("row_formula", 2)]


def test_each_line_that_cannot_be_used_is_named_by_its_number() -> None:
    content = (
        f"{NAMES}nobody,X,,\na@x.example,{'y' * 200},,\nb@x.example,Bev,,\nB@X.example,Bev,,\nc@x.example,a\x07b,,\n"
    )
    sheet = read_sheet(content.encode())
    assert len(sheet.rows) == 1
    assert [(one.row, one.code) for one in sheet.problems] == [
        (2, "row_no_mailbox"),
        (3, "row_too_long"),
        (5, "row_twice"),
        (6, "row_no_text"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (NAMES.encode() + b"".join(b"s%d@x.example,N,,\n" % number for number in range(100_000)), "sheet_too_large"),
        (b"a@x.example\n" * (MOST_ROWS + 2), "sheet_too_long"),
        (b"x" * 1_000_001, "sheet_too_large"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "sheet_no_text"),
        (b"PK\x03\x04\x14\x00\x00\x00", "sheet_no_text"),
        (b"\xff\xfe\x00", "sheet_no_text"),
        (b"", "sheet_empty"),
        (b"name,note\nHull,kind\n", "sheet_no_mailbox"),
        (b'"' + b"a" * 200_000 + b"\n", "sheet_no_text"),
    ],
    ids=["100,000 rows", "too many lines", "too large", "picture", "zip", "half a letter", "empty", "none", "one cell"],
)
def test_a_file_that_is_no_list_says_why_and_keeps_nothing(content: bytes, code: str) -> None:
    assert codes_of(content) == [code]
    assert not read_sheet(content).rows


@given(st.binary(max_size=400))
def test_reading_a_file_never_raises(content: bytes) -> None:
    sheet = read_sheet(content)
    assert sheet.rows or sheet.problems


@given(st.text(max_size=200))
def test_reading_pasted_words_never_raises(text: str) -> None:
    read_pasted(text)


def test_addresses_are_read_as_people_paste_them() -> None:
    sheet = read_pasted('"Hull Wheels" <a@x.example>, b@x.example; c@x.example\nA@X.example\nnobody')
    assert [(row["name"], row["email"]) for row in sheet.rows] == [
        ("Hull Wheels", "a@x.example"),
        ("", "b@x.example"),
        ("", "c@x.example"),
    ]
    assert [problem.value for problem in sheet.problems] == ["nobody"]


@pytest.mark.django_db(transaction=True)
def test_a_list_is_looked_at_before_it_is_kept(rosa: Actor) -> None:
    browser = browser_of(rosa)
    content = f"{NAMES}a@x.example,Bev,,\n=x,y,,\n".encode()
    looked = browser.post("/suppliers", {"name": "Bikes", "file": SimpleUploadedFile("x.csv", content)})
    page = browser.get(looked.url).content.decode()
    assert "a@x.example" in page
    assert "begins like a formula" in page
    assert not SupplierList.objects.exists()
    for _ in range(2):
        browser.post(looked.url, {"idempotency_key": "k"})
    assert Supplier.objects.get().name == "Bev"
    assert not SupplierSheet.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_refused_file_leaves_no_trace(rosa: Actor) -> None:
    browser = browser_of(rosa)
    answer = browser.post("/suppliers", {"name": "Bikes", "file": SimpleUploadedFile("x.csv", b"x" * 1_100_000)})
    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.content.decode()
    assert not SupplierSheet.objects.exists()
    assert browser.post("/suppliers", {"name": "Bikes"}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_a_gigabyte_is_refused_before_it_is_read(rosa: Actor) -> None:
    browser = browser_of(rosa)
    answer = browser.generic(
        "POST", "/suppliers", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**9)
    )
    assert answer.status_code == 413
    assert "Nothing was kept" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_second_file_adds_to_a_list_and_renews_what_is_known(rosa: Actor) -> None:
    browser = browser_of(rosa)
    first = kept(browser, f"{NAMES}a@x.example,Bev,kind,\n".encode())
    second = kept(browser, f"{NAMES}A@x.example,Beverley,,north\nb@x.example,Hull,,\n".encode())
    assert first == second
    known = Supplier.objects.get(email="a@x.example")
    assert (known.name, known.note, known.group) == ("Beverley", "kind", "north")
    assert Supplier.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_sellers_are_added_changed_and_taken_out_and_lists_renamed_and_removed(rosa: Actor) -> None:
    browser = browser_of(rosa)
    page = kept(browser, f"{NAMES}a@x.example,Bev,,\n".encode())
    kept(browser, f"{NAMES}a@x.example,Bev,,\n".encode(), "Others")
    browser.post(page, {"email": "b@x.example", "name": "Hull", "group": "north"})
    assert browser.post(page, {"email": "nobody"}).status_code == 422
    added = Supplier.objects.get(email="b@x.example")
    entry = f"{page}/entries/{added.public_id}"
    assert browser.get(entry).status_code == 200
    browser.post(entry, {"name": "Hull Wheels", "note": "n", "group": "east"})
    added.refresh_from_db()
    assert (added.name, added.group) == ("Hull Wheels", "east")
    browser.post(f"{page}/name", {"name": "Bike shops"})
    assert browser.post(f"{page}/name", {"name": "Others"}).status_code == 409
    browser.post(f"{entry}/removal")
    browser.post(f"{page}/removal")
    assert [one.name for one in SupplierList.objects.all()] == ["Others"]


@pytest.mark.django_db(transaction=True)
def test_one_group_of_a_list_is_asked(rosa: Actor) -> None:
    mail_arrives(rosa)
    browser = browser_of(rosa)
    page = kept(browser, f"{NAMES}a@x.example,Bev,,north\nb@x.example,Hull,,east\n".encode())
    intent = announce(rosa)
    list_id = page.rsplit("/", 1)[1]
    shown = browser.post(
        f"/intents/{intent.public_id}/invitations", {"suppliers": f"{list_id}:north", "preview": "1"}
    ).content.decode()
    assert "a@x.example" in shown
    assert "b@x.example" not in shown


@pytest.mark.django_db(transaction=True)
def test_lists_are_nobody_elses(rosa: Actor, tom: Actor) -> None:
    page = kept(browser_of(rosa), f"{NAMES}a@x.example,Bev,,\n".encode())
    entry = f"{page}/entries/{Supplier.objects.get().public_id}"
    theirs = browser_of(tom)
    assert "Bikes" not in theirs.get("/suppliers").content.decode()
    for address in (page, entry):
        assert theirs.get(address).status_code == 404
    for address in (page, f"{page}/name", f"{page}/removal", entry, f"{entry}/removal"):
        assert theirs.post(address, {"name": "X", "email": "x@x.example"}).status_code == 404
