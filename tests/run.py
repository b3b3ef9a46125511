"""Everything the project checks, step by step: make test runs all of it, make test ONLY=types one step of it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree as Xml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.chromium import prepare_chromium  # noqa: E402 - the line above makes it possible.
from tests.postgres import NoPostgresError, cluster  # noqa: E402

FLOORS = {"evenhand": 98, "evenhand_server": 92}
"""Per cent of lines and branches that tests must reach, for each house on its own."""
FAST = ("tests/house", "tests/library", "tests/server", "tests/stories")
ON_POSTGRES = ("tests/server", "tests/stories")
SAME_ON_ANY_DATABASE = (
    *("api_answers", "api_reference", "api_secrets", "attachments", "cli", "corrections", "demo"),
    *("draft_live", "feed", "kills", "mail", "mail_hours", "mail_killed", "market", "master_key"),
    *("own_roster", "pages_read_aloud", "plainer_words", "preferences", "sentences", "setup", "sqlite"),
    *("unlinkability", "verify_page"),
)
"""Tests of tests/server that say nothing of the database, and so are not repeated there unless THOROUGH is set."""
ABOUT_PAGES = "tests/server/everybody"
"""Who gets which page: the same on any database, and never repeated."""
COVERAGE = ROOT / ".coverage-data"
TWO_AT_A_TIME = ("-n", "2", "--dist", "loadgroup")
FILE_BY_FILE = ("-n", "2", "--dist", "loadfile")
"""Also two at a time, but a file stays with one server and one browser."""
LONGEST_SECONDS = 7200 if os.environ.get("THOROUGH") else 1200
"""No step takes so long unless it hangs."""
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"


@dataclass
class Tally:
    """What the tests counted so far, read from pytest's own reports."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Count in one run; a run that left no report has been counted as a failed step already."""
        suites = Xml.parse(report).getroot().iter("testsuite") if report.exists() else ()  # noqa: S314 - pytest's own.
        for suite in suites:
            count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
            self.failed += count["failures"] + count["errors"]
            self.skipped += count["skipped"]
            self.passed += count["tests"] - count["failures"] - count["errors"] - count["skipped"]


@dataclass
class Round:
    """One run of this script: which steps, where it may write, what came of it."""

    scratch: Path
    is_whole: bool
    tally: Tally = field(default_factory=Tally)
    failed: list[str] = field(default_factory=list)


Step = Callable[[Round], bool]


def main(names: Sequence[str]) -> int:
    """Run the named steps, or all of them; 0 when every one is fine."""
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"There is no step called {', '.join(unknown)}; there are: {', '.join(STEPS)}.")
        return 2
    signal.signal(signal.SIGTERM, stop)
    with tempfile.TemporaryDirectory(prefix="evenhand-test-") as scratch:
        this = Round(Path(scratch), is_whole=not names)
        if this.is_whole:
            shutil.rmtree(COVERAGE, ignore_errors=True)
        for name in names or STEPS:
            take(name, this)
        return close(this)


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Leave every block in order, which stops what it started."""
    sys.exit(143)


def take(name: str, this: Round) -> None:
    """Run one step and say how it went and how long it took."""
    print(f"\n── {name}: {STEPS[name].__doc__}", flush=True)
    start = time.monotonic()
    is_fine = STEPS[name](this)
    if not is_fine:
        this.failed.append(name)
    print(f"── {name}: {'fine' if is_fine else 'NOT FINE'}, {time.monotonic() - start:.1f} s", flush=True)


def close(this: Round) -> int:
    """Sum up: what failed and how to repeat just that; then the count, alone on the last line."""
    print()
    for name in this.failed:
        print(f"{name} is not fine. Repeat just that: make test ONLY={name}")
    if not this.failed:
        print("Every step is fine.")
    print(f"{this.tally.passed} passed, {this.tally.failed} failed, {this.tally.skipped} skipped", flush=True)
    return 1 if this.failed else 0


def check_format(this: Round) -> bool:
    """Is every file laid out by ruff?"""
    return run(this, "ruff", "format", "--check", "--quiet", "--diff", ".")


def check_lint(this: Round) -> bool:
    """Does ruff find anything?"""
    return run(this, "ruff", "check", "--quiet", ".")


def check_types(this: Round) -> bool:
    """Does mypy, strict, find anything?"""
    return run(this, "mypy", PYTHONHASHSEED="0")  # It visits modules in hash order, and may judge by it.


def check_imports(this: Round) -> bool:
    """Do the rooms import in one direction only?"""
    return start(this, [sys.executable, "-c", LINT_IMPORTS, "--no-cache"])


def check_templates(this: Round) -> bool:
    """Does djlint find anything in the pages?"""
    folder = ROOT / "evenhand_server" / "templates"
    return not any(folder.rglob("*.html")) or run(this, "djlint", "--lint", "--quiet", str(folder))


def check_migrations(this: Round) -> bool:
    """Does the database's layout say what the models say?"""
    return run(this, "django", "makemigrations", "--check", "--dry-run")


def check_on_sqlite(this: Round) -> bool:
    """House rules, library, server and stories, on SQLite."""
    return run_tests(this, "sqlite", FAST)


def check_on_postgresql(this: Round) -> bool:
    """Server and stories again, on a throw-away PostgreSQL."""
    try:
        with cluster() as url:
            spared = () if os.environ.get("THOROUGH") else SAME_ON_ANY_DATABASE
            ignored = [ABOUT_PAGES, *(f"tests/server/test_{name}.py" for name in spared)]
            options = [*TWO_AT_A_TIME, *(f"--ignore={path}" for path in ignored)]
            return run_pytest(this, "postgresql", ON_POSTGRES, options, DATABASE_URL=url)
    except NoPostgresError as why:
        print(why)
        return False


def check_in_browser(this: Round) -> bool:
    """The stories a person lives, in headless Chromium."""
    missing = prepare_chromium()
    if missing:
        print("NOTHING WAS TRIED IN A BROWSER: this machine lacks what it takes, and it could not be installed.")
        print(f"On Debian: apt-get install {' '.join(missing)}")
        return os.environ.get("CI") != "true"
    return run_pytest(this, "browser", ["tests/browser"], FILE_BY_FILE)


def check_coverage(this: Round) -> bool:
    """Do the tests reach enough of each house, branches counted?"""
    files = sorted(map(str, COVERAGE.glob("*"))) if COVERAGE.exists() else []
    if not files:
        print("Nothing was measured yet; the step sqlite measures.")
        return False
    everything = this.scratch / "coverage"
    combined = run(this, "coverage", "combine", "--quiet", "--keep", *files, COVERAGE_FILE=str(everything))
    floors = [reaches_floor(this, house, floor, everything) for house, floor in FLOORS.items()]
    return combined and all(floors)


def reaches_floor(this: Round, house: str, floor: int, data: Path) -> bool:
    """Say how much of one house the tests reach; where they fall short, which lines they miss."""
    report = ["report", f"--include={house}/*", "--skip-covered", "--show-missing", f"--fail-under={floor}"]
    if run(this, "coverage", *report, COVERAGE_FILE=str(data)):
        total = [sys.executable, "-m", "coverage", "report", f"--include={house}/*", "--format=total", "--precision=1"]
        answer = subprocess.run(
            total, cwd=ROOT, env={**os.environ, "COVERAGE_FILE": str(data)}, capture_output=True, text=True, check=False
        )
        print(f"{house}: {answer.stdout.strip()} % (at least {floor} %)")
        return True
    print(f"{house}: less than {floor} %")
    return False


def show_advice(this: Round) -> bool:
    """Which files and functions are long? (advice only)"""
    return start(this, [sys.executable, "tests/house/advice.py"], is_shown=True)


def has_tests(folders: Sequence[str]) -> bool:
    """Some test is written in one of these folders."""
    return any(any((ROOT / folder).rglob("test_*.py")) for folder in folders)


def run_tests(this: Round, name: str, folders: Sequence[str], **environment: str) -> bool:
    """Run pytest over these folders, two at a time, noting which lines they reach."""
    COVERAGE.mkdir(exist_ok=True)
    options = [*TWO_AT_A_TIME, "--cov", "--cov-report="]
    return run_pytest(this, name, folders, options, COVERAGE_FILE=str(COVERAGE / name), **environment)


def run_pytest(this: Round, name: str, folders: Sequence[str], options: Sequence[str], **environment: str) -> bool:
    """Run pytest over those of these folders that have tests, and count."""
    folders = [folder for folder in folders if has_tests([folder])]
    if not folders:
        print("There is no such test yet.")
        return True
    report = this.scratch / f"{name}.xml"
    is_fine = run(this, "pytest", "-q", f"--junitxml={report}", *options, *folders, is_shown=True, **environment)
    this.tally.add(report)
    return is_fine


def run(this: Round, module: str, *arguments: str, is_shown: bool = False, **environment: str) -> bool:
    """Run a tool of the environment as a module, which works in every kind of environment."""
    return start(this, [sys.executable, "-m", module, *arguments], is_shown=is_shown, **environment)


def start(this: Round, command: list[str], *, is_shown: bool = False, **environment: str) -> bool:
    """Run a command on data of its own, never on the developer's; what it says is shown at once, or if it fails."""
    surroundings = {**own_environment(this), **environment}
    shown = None if is_shown else subprocess.PIPE
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=surroundings,
            stdout=shown,
            stderr=None if is_shown else subprocess.STDOUT,
            timeout=LONGEST_SECONDS,
            text=True,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        print(f"Stopped after {late.timeout:.0f} s.")
        return False
    if done.returncode != 0 and done.stdout:
        print(done.stdout.strip())
    return done.returncode == 0


def own_environment(this: Round) -> dict[str, str]:
    """The developer's environment without their settings for Evenhand."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EVENHAND_", "DATABASE_URL"))}
    own = {"DJANGO_SETTINGS_MODULE": "evenhand_server.settings", "EVENHAND_DATA": str(this.scratch / "data")}
    return {**kept, **own}


STEPS: dict[str, Step] = {
    "format": check_format,
    "lint": check_lint,
    "types": check_types,
    "imports": check_imports,
    "templates": check_templates,
    "migrations": check_migrations,
    "sqlite": check_on_sqlite,
    "postgresql": check_on_postgresql,
    "browser": check_in_browser,
    "coverage": check_coverage,
    "advice": show_advice,
}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
