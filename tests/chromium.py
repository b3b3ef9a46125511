"""The system's Chromium for the browser tests: found on the path, else installed where that can be done."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGES = ("chromium", "fonts-liberation")
FLAGS = (
    "--no-sandbox",  # Root and containers have no sandbox; the pages under test are our own.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str:
    """Where the browser is; empty when there is none."""
    return next(filter(None, map(shutil.which, NAMES)), "")


def find_or_install_chromium() -> str:
    """Where the browser is, after an attempt to install it as root on Debian and its kin; empty when there is none."""
    found = find_chromium()
    if found or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "-y", "--no-install-recommends", *PACKAGES)):
        subprocess.run(["apt-get", "-qq", *command], env=environment, check=False)
    return find_chromium()
