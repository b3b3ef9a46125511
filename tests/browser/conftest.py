"""The browser tests: a real server, the system's Chromium, windows for phone and desk, axe, and pictures.

Playwright's synchronous interface keeps an event loop in the main thread, and Django refuses its database where it
sees one. Here the two do not meet: the server is a process of its own that tests reach as people do; and the loop ends
with each file of tests, so that it never reaches the tests of other folders.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.demo_server import DemoServer, demo_server
from tests.browser.devices import DESK, PHONE
from tests.browser.windows import Windows
from tests.chromium import FLAGS, find_chromium

HERE = Path(__file__).parent
PICTURES = HERE.parent.parent / "screenshots"

Look = Callable[[Page], list[str]]
Picture = Callable[[Page, str], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """The demo, one for all tests of a run: a story makes its own people and shops, or tells its own intents apart."""
    with demo_server(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium with an empty profile."""
    chromium = find_chromium()
    if not chromium:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def bare_windows(browser: Browser) -> Iterator[Windows]:
    """Windows that lead nowhere yet; what they complained of is left to the test."""
    windows = Windows(browser)
    yield windows
    windows.close()


@pytest.fixture
def windows(browser: Browser, server: DemoServer) -> Iterator[Windows]:
    """Windows on the server: `windows.open(PHONE, is_dark=True).goto("/")`; the test fails if any had to complain."""
    windows = Windows(browser, server.url)
    yield windows
    windows.close()
    assert windows.complaints == []


@pytest.fixture
def desk(windows: Windows) -> Page:
    """A window on a desk."""
    return windows.open(DESK)


@pytest.fixture
def phone(windows: Windows) -> Page:
    """A window on a phone."""
    return windows.open(PHONE)


@pytest.fixture
def page(desk: Page) -> Page:
    """Any window."""
    return desk


@pytest.fixture(scope="session")
def barriers() -> Look:
    """What axe finds on a page that would bar somebody's way: `assert barriers(page) == []`."""
    axe = Axe()

    def look(page: Page) -> list[str]:
        found = axe.run(page).response["violations"]
        return [f"{rule['id']}: {rule['help']}: {node['html']}" for rule in found for node in rule["nodes"]]

    return look


@pytest.fixture(scope="session")
def picture() -> Picture:
    """Take a picture of the whole page for people to look at: `picture(page, "inbox-phone-dark")`."""

    def take(page: Page, name: str) -> Path:
        file = PICTURES / f"{name}.png"
        try:
            page.screenshot(path=file, full_page=True)
        except Error as refused:  # Now and then Chromium refuses a picture, and takes it a moment later.
            if "Unable to capture" not in refused.message:
                raise
            page.wait_for_timeout(500)
            page.screenshot(path=file, full_page=True)
        return file

    return take
