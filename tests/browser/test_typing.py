"""While somebody types: chips fill, words and chips light up together; another reading is one tap away."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Look, Picture
from tests.browser.devices import PHONE
from tests.browser.windows import Windows

SENTENCE = "A mountain bike in Newport, 500 pounds to spend"


def test_chips_fill_while_rosa_types_and_words_light_up_with_them(desk: Page, barriers: Look, picture: Picture) -> None:
    desk.goto("/")
    box = desk.get_by_label("What are you looking for?")
    box.press_sequentially(SENTENCE, delay=10)
    chips = desk.get_by_role("list", name="What we read in your words so far")
    expect(chips.get_by_role("listitem")).to_have_count(3)
    expect(desk.get_by_role("status").filter(has_text="understood")).to_have_text(
        "3 things understood, 1 question left"
    )
    expect(box).to_be_focused()
    place = chips.get_by_role("listitem").filter(has_text="Newport")
    place.hover()
    expect(desk.locator("mark.is-lit")).to_have_text("Newport")
    desk.locator("form mark", has_text="500 pounds").hover()
    expect(desk.locator(".chip.is-lit")).to_contain_text("£500")
    assert barriers(desk) == []
    picture(desk, "typing-desk-light")

    box.fill("")
    expect(chips).to_be_hidden()


def test_another_reading_is_one_tap_away(windows: Windows, barriers: Look, picture: Picture) -> None:
    for has_scripts in (True, False):
        phone = windows.open(PHONE, has_scripts=has_scripts)
        phone.goto("/")
        phone.get_by_label("What are you looking for?").fill(SENTENCE)
        phone.get_by_role("button", name="Show what you understood").tap()
        if has_scripts:
            picture(phone, "alternatives-phone-light")
        phone.get_by_role("button", name="to the south-east").tap()
        expect(phone.locator(".chip.is-corrected")).to_contain_text("Newport")
        if has_scripts:
            assert barriers(phone) == []


def test_an_answer_loses_nothing_that_was_typed_and_enter_answers_nothing(windows: Windows) -> None:
    for has_scripts in (True, False):
        desk = windows.open(has_scripts=has_scripts)
        desk.goto("/")
        desk.get_by_label("What are you looking for?").fill(SENTENCE)
        desk.get_by_role("button", name="Show what you understood").click()
        draft = desk.url
        desk.get_by_label("How many").fill("7")
        desk.get_by_role("button", name="to the south-east").click()
        expect(desk.locator(".chip.is-corrected").filter(has_text="Newport")).to_be_visible()
        expect(desk.get_by_label("How many")).to_have_value("7")

        desk.get_by_label("How many").fill("8")
        desk.get_by_label("How many").press("Enter")
        expect(desk.locator(".chip").filter(has_text="8")).to_be_visible()
        assert desk.url == draft


def test_two_needs_of_one_sentence_become_two_requests(desk: Page, barriers: Look, picture: Picture) -> None:
    desk.goto("/")
    desk.get_by_label("What are you looking for?").fill("A cot and a pushchair in Leeds")
    desk.get_by_role("button", name="Show what you understood").click()
    expect(desk.locator(".chip[data-field=category]")).to_contain_text("Cribs")
    picture(desk, "two-needs-desk-light")
    assert barriers(desk) == []
    desk.get_by_role("button", name="Ask for this too").click()
    expect(desk.locator(".chip[data-field=category]")).to_contain_text("Strollers")
