"""What listens to pages, and what walks through them by keyboard, notices what it is for."""

import pytest

from tests.browser.hands import Keys
from tests.browser.spoken import headings_of, jumps, stops_of, unclear
from tests.browser.windows import Windows


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<button></button>", ["button without a name in ()"]),
        ("<button>Send</button><button>Send</button>", ["two of button “Send” in ()"]),
        (
            "<a href='http://localhost/one'>More</a> <a href='http://localhost/two'>More</a>",
            ["two of link “More” in ()"],
        ),
        ("<a href='http://localhost/one'>More</a> <a href='http://localhost/one'>More</a>", []),
        (
            "<fieldset><legend>One</legend><button>Send</button></fieldset>"
            "<fieldset><legend>Two</legend><button>Send</button></fieldset>",
            [],
        ),
    ],
)
def test_names_that_tell_nothing_are_noticed(bare_windows: Windows, body: str, expected: list[str]) -> None:
    page = bare_windows.open()
    page.set_content(body)
    assert unclear(stops_of(page)) == expected


def test_a_heading_that_leaves_out_a_level_is_noticed(bare_windows: Windows) -> None:
    page = bare_windows.open()
    page.set_content("<h1>Bikes</h1><h3>Brakes</h3>")
    assert jumps(headings_of(page)) == ["“Brakes” follows “Bikes”"]
    page.set_content("<h2>Brakes</h2>")
    assert len(jumps(headings_of(page))) == 1


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("button { outline: 0 }", "without a ring"),
        ("div { position: fixed; inset: 0 }", "covered"),
        ("button { position: absolute; top: -90px }", "outside of the window"),
    ],
)
def test_a_focus_that_nobody_sees_is_noticed(bare_windows: Windows, style: str, expected: str) -> None:
    page = bare_windows.open()
    page.set_content(f"<style>{style}</style><main><button>Send</button></main><div></div>")
    with pytest.raises(AssertionError, match=expected):
        Keys(page).press("Send")
