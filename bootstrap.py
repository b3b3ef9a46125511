"""Make .venv from the hash-pinned lock on a machine that has little more than Python, and leave it alone when it fits.

Three ways, the first that works: uv; the venv module with the pip that lies in bootstrap/; a plain folder of packages
with a small launcher, for systems whose Python has no venv module. Until the version is checked, this file keeps to
what Python 3.6 can read, so that an old Python gets a sentence and not a traceback.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this has not installed anything yet.
    sys.exit(
        "Evenhand needs Python 3.11 or newer, and this is Python {}.{}.\n"
        "If you have a newer one, name it: make demo PYTHON=python3.12".format(*sys.version_info[:2])
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PACKAGES = VENV / "site-packages"
STAMP = VENV / "evenhand.json"
BASE = getattr(sys, "_base_executable", sys.executable)
"""The system's Python, also when this runs with the one in .venv, which may be made anew under it."""

COVERS = {"run": ("run",), "test": ("test", "run")}
"""Which locks are satisfied once one is installed: what the tests need includes what the server needs."""

ASK_PYTHON = "import json, sys, sysconfig; print(json.dumps([sys.version_info[:2], sysconfig.get_path('purelib')]))"

EVENHAND = """\
#!/bin/sh
# The command `evenhand`, run from this checkout.
here=$(dirname "$(readlink -f "$0")")
exec "$here/python" -P -c \\
    'import sys; sys.argv[0] = "evenhand"; from evenhand_server.cli import main; sys.exit(main())' "$@"
"""

LAUNCHER = """\
#!/bin/sh
# Python with this folder's packages, for a system without the venv module.
root=$(dirname "$(dirname "$(dirname "$(readlink -f "$0")")")")
PYTHONPATH="$root/.venv/site-packages:$root${{PYTHONPATH:+:$PYTHONPATH}}" PYTHONNOUSERSITE=1 exec "{python}" "$@"
"""


class CannotInstallError(Exception):
    """A program that should make the environment stopped; it has said why."""


def main() -> int:
    """Make the environment named on the command line: `run` to use Evenhand, `test` to work on it as well."""
    name = sys.argv[1] if len(sys.argv) > 1 else "run"
    if name not in COVERS:
        return complain(f"There is no environment called {name}; there are: {', '.join(COVERS)}.")
    with only_one_at_a_time():
        if fits(name):
            return 0
        return make(name)


def only_one_at_a_time() -> BinaryIO:
    """Hold this folder while the environment is made, so that two makes in two terminals don't mix."""
    here = open(__file__, "rb")  # noqa: SIM115 - the caller closes it, and with that lets go of the lock.
    fcntl.flock(here, fcntl.LOCK_EX)
    return here


def make(name: str) -> int:
    """Install what the lock asks for; the stamp is written last, so that what was interrupted is done again."""
    start = time.monotonic()
    keep = is_usable() and (VENV / "pyvenv.cfg").exists()
    STAMP.unlink(missing_ok=True)
    try:
        install(ROOT / "requirements" / f"{name}.txt", keep=keep)
    except CannotInstallError:
        return complain(
            "The packages could not be installed. The lines above say why; most often it is the network.\n"
            "Run the same command again when that is mended."
        )
    finish(name)
    say(f"Ready after {time.monotonic() - start:.1f} s. All of it lies in .venv; delete that folder to undo.")
    return 0


def install(lock: Path, *, keep: bool) -> None:
    """Try uv, then pip in an environment of the venv module, then pip into a plain folder."""
    if answers(["uv", "--version"]):
        try:
            return with_uv(lock, keep=keep)
        except CannotInstallError:
            say("uv could not do it; trying pip.")
    if keep or answers([BASE, "-m", "venv", "--clear", "--without-pip", str(VENV)]):
        return with_venv(lock)
    return with_folder(lock)


def with_uv(lock: Path, *, keep: bool) -> None:
    """Fastest, where uv is installed."""
    say(f"Fetching {count_of(lock)} packages into .venv with uv, each checked against its hash.")
    if not keep:
        run(["uv", "venv", "--quiet", "--clear", "--no-python-downloads", "--python", BASE, str(VENV)])
    run(["uv", "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), str(lock)])


def with_venv(lock: Path) -> None:
    """The standard library's venv; pip runs straight from its wheel, so ensurepip may be missing, as on Debian."""
    say(f"Fetching {count_of(lock)} packages into .venv with pip, each checked against its hash; about half a minute.")
    run([str(PYTHON), *pip_install(lock)])


def with_folder(lock: Path) -> None:
    """No venv module: a folder of packages, and a launcher that knows it. Pip cannot mend such a folder: start anew."""
    say(f"This Python makes no environments. Fetching {count_of(lock)} packages into a plain folder, .venv, with pip.")
    shutil.rmtree(VENV, ignore_errors=True)
    write_command(PYTHON, LAUNCHER.format(python=BASE))
    run([BASE, *pip_install(lock), "--target", str(PACKAGES)])


def pip_install(lock: Path) -> list[str]:
    """The arguments that make Python run pip from the wheel in bootstrap/."""
    wheel = next((ROOT / "bootstrap").glob("pip-*.whl"))
    quiet = [
        "-qq",
        "--no-input",
        "--disable-pip-version-check",
        "--no-warn-script-location",
        "--root-user-action=ignore",
    ]
    return [str(wheel / "pip"), "install", *quiet, "--require-hashes", "-r", str(lock)]


def finish(name: str) -> None:
    """Put the checkout on Python's path, lay the command `evenhand` and note what was installed."""
    version, purelib = ask_python()
    if not PACKAGES.exists():
        Path(purelib, "evenhand_checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    write_command(VENV / "bin" / "evenhand", EVENHAND)
    locks = {covered: digest_of(covered) for covered in COVERS[name]}
    STAMP.write_text(json.dumps({"root": str(ROOT), "python": version, "locks": locks}), encoding="utf-8")


def fits(name: str) -> bool:
    """What is installed is what the lock asks for, here, for this Python."""
    if not STAMP.exists() or not is_usable():
        return False
    return bool(json.loads(STAMP.read_text(encoding="utf-8"))["locks"].get(name) == digest_of(name))


def is_usable() -> bool:
    """There is an environment that runs, is new enough, and was not moved or given another Python since it was made."""
    version, _ = ask_python()
    if tuple(version) < (3, 11):
        return False
    if not STAMP.exists():
        return True
    noted = json.loads(STAMP.read_text(encoding="utf-8"))
    return bool(noted["root"] == str(ROOT) and noted["python"] == version)


def ask_python() -> tuple[list[int], str]:
    """The environment's own Python: its version and where its packages lie; version 0.0 when it does not run."""
    try:
        answer = subprocess.run([str(PYTHON), "-c", ASK_PYTHON], capture_output=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return [0, 0], ""
    version, purelib = json.loads(answer)
    return version, purelib


def digest_of(name: str) -> str:
    """The hash of a lock, by which a change of it is noticed."""
    return hashlib.sha256((ROOT / "requirements" / f"{name}.txt").read_bytes()).hexdigest()


def count_of(lock: Path) -> int:
    """How many packages a lock pins."""
    return sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())


def write_command(path: Path, text: str) -> None:
    """Lay down a small program; not through a link, which would overwrite the system's Python."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def answers(command: list[str]) -> bool:
    """A program is there and does its work; a version manager's stand-in may be on the path with nothing behind it."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def run(command: list[str]) -> None:
    """Run a program and let its own words be seen."""
    environment = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONHOME"}}
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:  # noqa: S603
        raise CannotInstallError(command[0])


def say(words: str) -> None:
    """Tell the person at the terminal, in letters that every terminal has."""
    print(f"Evenhand: {words}", flush=True)


def complain(words: str) -> int:
    """Tell the person at the terminal what went wrong; the answer is the exit code."""
    print(f"Evenhand: {words}", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(complain("Stopped. Run the same command again and it goes on."))
