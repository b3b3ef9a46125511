"""The system's Chromium for the browser tests: found on the path, else installed where that can be done."""

import ctypes
import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",  # Root and containers have no sandbox; the pages under test are our own.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LIBRARY_OF_PLAYWRIGHT = "libatomic.so.1"
"""Playwright's own driver needs it, and a bare Debian has it not."""


def find_chromium() -> str:
    """Where the browser is; empty when there is none."""
    return next(filter(None, map(shutil.which, NAMES)), "")


def prepare_chromium() -> list[str]:
    """Install what browser tests need and is missing, as root on Debian and its kin; the packages still missing."""
    missing = missing_packages()
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return missing
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "-y", "--no-install-recommends", *missing)):
        subprocess.run(["apt-get", "-qq", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
    return missing_packages()


def missing_packages() -> list[str]:
    """Debian's packages that browser tests need and this machine lacks."""
    browser = [] if find_chromium() else ["chromium", "fonts-liberation"]
    return browser if has_library(LIBRARY_OF_PLAYWRIGHT) else [*browser, "libatomic1"]


def has_library(name: str) -> bool:
    """A shared library can be loaded."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
