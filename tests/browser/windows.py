"""Browser windows that remember everything a person should never meet: script errors, refused content, strangers."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.browser.devices import DESK, Device

OURS = {"localhost", "127.0.0.1", ""}
"""Every asset is local; the empty name is that of data: and about: pages."""


@dataclass
class Windows:
    """Opens windows, each a stranger to the others (cookies are not shared), and collects their complaints."""

    browser: Browser
    base_url: str = ""
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, device: Device = DESK, *, is_dark: bool = False, has_scripts: bool = True) -> Page:
        """A new window on this device, with nobody signed in."""
        context = self.browser.new_context(
            base_url=self.base_url or None,
            viewport={"width": device.width, "height": device.height},
            device_scale_factor=2 if device.is_phone else 1,
            is_mobile=device.is_phone,
            has_touch=device.is_phone,
            color_scheme="dark" if is_dark else "light",
            java_script_enabled=has_scripts,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        self.contexts.append(context)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("console", self.hear)
        context.on("request", self.watch)
        return context.new_page()

    def hear(self, message: ConsoleMessage) -> None:
        """The browser says in its console what the Content-Security-Policy refused."""
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def watch(self, request: Request) -> None:
        """Nothing is fetched from elsewhere."""
        if urlsplit(request.url).hostname not in {*OURS, None}:
            self.complaints.append(f"asked a stranger: {request.url}")

    def close(self) -> None:
        """Close all windows."""
        for context in self.contexts:
            context.close()
