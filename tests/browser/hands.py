"""The two hands a person may have on a page: a mouse, or a keyboard alone; both find things by what people read."""

import re
from dataclasses import dataclass
from typing import Literal, Protocol

from playwright.sync_api import Locator, Page

MOST_TABS = 200
"""More stops than any page has."""
HOW_THE_FOCUS_SHOWS = """(wanted) => {
  const it = document.activeElement;
  const arrived = wanted.includes(it);
  const trouble = (what) => [`${what}: ${it.tagName} ${it.innerText || it.name || it.id}`, arrived];
  if (!it || it === document.body || it === document.documentElement) return ["", arrived];
  const seen = [it, it.parentElement, it.parentElement?.parentElement].some((one) => {
    const look = one && getComputedStyle(one);
    return look && look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  });
  const box = [...it.getClientRects()].find((one) => one.width > 1 && one.height > 1);
  if (!box) return trouble("out of sight");
  const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.y + box.height / 2, 0), innerHeight - 1);
  if (box.bottom < 0 || box.top > innerHeight) return trouble("outside of the window");
  const top = document.elementFromPoint(x, y);
  if (top && !it.contains(top) && !top.contains(it)) return trouble("covered");
  return seen ? ["", arrived] : trouble("without a ring");
}"""
"""What is wrong with how the focus shows (nothing when it stands in the window, uncovered, with a ring around it), and
whether it has arrived."""

Name = str | re.Pattern[str]
Control = Literal["button", "link"]


class Hand(Protocol):
    """Somebody at a page."""

    page: Page

    def press(self, name: Name, role: Control = "button", *, of: Locator | None = None) -> None:
        """Press a button or follow a link, and wait for where it leads."""

    def fetch(self, name: Name) -> bytes:
        """Follow a link that leads to a file; the file."""

    def open(self, summary: str) -> None:
        """Open what is folded under this line."""

    def write(self, label: Name, words: str, *, of: Locator | None = None) -> None:
        """Write into a field, in place of what stands there."""

    def tick(self, label: Name, role: Literal["radio", "checkbox"] = "radio") -> None:
        """Choose one of several, or tick a box."""

    def pick(self, label: Name, number: int) -> None:
        """Pick an option of a list by its number; the first is 0."""


def found(page: Page, role: Control, name: Name, of: Locator | None) -> Locator:
    """A button or a link by its whole name."""
    return (of or page.get_by_role("main")).get_by_role(role, name=name, exact=True)


@dataclass
class Mouse:
    """Points, clicks and types."""

    page: Page

    def press(self, name: Name, role: Control = "button", *, of: Locator | None = None) -> None:
        with self.page.expect_navigation():
            found(self.page, role, name, of).click()

    def fetch(self, name: Name) -> bytes:
        with self.page.expect_download() as download:
            found(self.page, "link", name, None).click()
        return download.value.path().read_bytes()

    def open(self, summary: str) -> None:
        self.page.locator("summary", has_text=summary).click()

    def write(self, label: Name, words: str, *, of: Locator | None = None) -> None:
        (of or self.page.get_by_role("main")).get_by_label(label, exact=True).fill(words)

    def tick(self, label: Name, role: Literal["radio", "checkbox"] = "radio") -> None:
        self.page.get_by_role(role, name=label).check()

    def pick(self, label: Name, number: int) -> None:
        self.page.get_by_label(label, exact=True).select_option(index=number)


@dataclass
class Keys:
    """Has no mouse: walks with Tab, and never loses sight of where the focus is."""

    page: Page

    def press(self, name: Name, role: Control = "button", *, of: Locator | None = None) -> None:
        self.reach(found(self.page, role, name, of))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fetch(self, name: Name) -> bytes:
        self.reach(found(self.page, "link", name, None))
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return download.value.path().read_bytes()

    def open(self, summary: str) -> None:
        self.reach(self.page.locator("summary", has_text=summary))
        self.page.keyboard.press("Enter")

    def write(self, label: Name, words: str, *, of: Locator | None = None) -> None:
        self.reach((of or self.page.get_by_role("main")).get_by_label(label, exact=True))
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(words)

    def tick(self, label: Name, role: Literal["radio", "checkbox"] = "radio") -> None:
        wanted = self.page.get_by_role(role, name=label)
        if role == "checkbox":
            self.reach(wanted)
            self.page.keyboard.press("Space")
            return
        group = wanted.locator("xpath=ancestor::fieldset[1]").get_by_role("radio")
        self.reach(group)
        while not wanted.is_checked():
            self.page.keyboard.press("ArrowDown")

    def pick(self, label: Name, number: int) -> None:
        self.reach(self.page.get_by_label(label, exact=True))
        for _ in range(number):
            self.page.keyboard.press("ArrowDown")

    def reach(self, wanted: Locator) -> None:
        """Press Tab until the focus is on it, or on one of them."""
        wanted.first.wait_for(state="attached")
        goals = wanted.element_handles()
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            trouble, has_arrived = self.page.evaluate(HOW_THE_FOCUS_SHOWS, goals)
            assert not trouble, f"on {self.page.url} the focus is {trouble}"
            if has_arrived:
                return
        raise AssertionError(f"Tab never comes to {wanted}")
