"""Finding Chromium for the browser tests, and installing it where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The headless shell first: the same engine without a browser's own windows, and a sixth faster.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
PACKAGES = ("chromium-headless-shell", "chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """The path of a Chromium on this machine, the system's or Playwright's own, or None."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = play.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Try the system's packages as root, then Playwright's own download."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update"], check=False, **quiet)  # type: ignore[call-overload]  # plain options
        for package in PACKAGES:
            command = ["apt-get", "install", "-y", "--no-install-recommends", package]
            if subprocess.run(command, check=False, **quiet).returncode == 0:  # type: ignore[call-overload]
                break
    if chromium() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    """Make sure that there is a browser, or say what to do."""
    if chromium() is None:
        print("Installing Chromium for the browser tests (once)")
        install()
    if chromium() is None:
        sys.exit("The browser tests need Chromium. Install it (Debian: apt install chromium) and try again.")


if __name__ == "__main__":
    main()
