"""The instruments of the browser tests notice what they are for."""

from tests.browser.conftest import Look
from tests.browser.devices import DESK, PHONE
from tests.browser.windows import Windows

DOCUMENT = '<!doctype html><html lang="en"><head><title>A page</title></head><body><main>{}</main></body></html>'


def test_a_picture_without_words_is_a_barrier(bare_windows: Windows, barriers: Look) -> None:
    page = bare_windows.open()
    page.set_content(DOCUMENT.format("<h1>Bikes</h1><img src='data:,'>"))
    assert [barrier.split(":")[0] for barrier in barriers(page)] == ["image-alt"]


def test_a_plain_page_has_no_barrier(bare_windows: Windows, barriers: Look) -> None:
    page = bare_windows.open(PHONE, is_dark=True)
    page.set_content(DOCUMENT.format("<h1>Bikes</h1><p>There are some.</p>"))
    assert barriers(page) == []
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")


def test_a_script_that_breaks_is_noticed(bare_windows: Windows) -> None:
    page = bare_windows.open(DESK)
    page.set_content(DOCUMENT.format("<script>nobody.knows.this()</script>"))
    assert any("nobody is not defined" in complaint for complaint in bare_windows.complaints)


def test_what_the_policy_refuses_is_noticed(bare_windows: Windows) -> None:
    page = bare_windows.open()
    policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'self'\">"
    page.set_content(DOCUMENT.format("<p style='color: red'>Inline style</p>").replace("<title>", f"{policy}<title>"))
    assert any("Content Security Policy" in complaint for complaint in bare_windows.complaints)


def test_asking_a_stranger_is_noticed(bare_windows: Windows) -> None:
    page = bare_windows.open()
    page.route("**/*", lambda route: route.abort())
    page.set_content(DOCUMENT.format("<img alt='' src='http://elsewhere.example/pixel.gif'>"), wait_until="commit")
    page.wait_for_timeout(100)
    assert bare_windows.complaints == ["asked a stranger: http://elsewhere.example/pixel.gif"]


def test_without_scripts_nothing_runs(bare_windows: Windows) -> None:
    page = bare_windows.open(has_scripts=False)
    page.set_content(DOCUMENT.format("<p id='it'>still</p><script>it.textContent = 'changed'</script>"))
    assert page.inner_text("#it") == "still"
