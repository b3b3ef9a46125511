"""Play the stories of the first ten minutes against a real server, workers and mail server, with and without kills.

``python -m bench.kills_stories [--share S] [--seed N]`` says whether it went on each time, whether anything was lost or
done twice, and whether any mail came twice. The web process is killed (SIGKILL) while it does a share of what people
send; the answer counts as lost, and the same form is sent again. Workers are killed in the middle of handing mail over.
At the end everything is compared with the same stories that nobody disturbed.
"""

import argparse
import http.client
import json
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.kills import Server, free_port
from bench.kills_tales import TALES, Town
from bench.kills_visitor import Stay, Visitor
from tests.smtp import Mailbox, mail_server

PATIENCE_SECONDS = 60
LONGEST_MOMENT = 0.15
"""Seconds in which a form is usually done: the kill falls before, into or after that."""
ONE_IN = 20
"""One in so many words of the conversations with the mail server is the worker's last."""
GONE = (OSError, http.client.HTTPException)


@dataclass
class Danger:
    """What kills the server's processes while people use it, and counts how often."""

    server: Server
    chance: random.Random
    share: float
    repeated: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, request: urllib.request.Request) -> Any:
        """Send until there is an answer; now and then the server dies meanwhile and the answer is lost."""
        if request.get_method() == "POST" and self.chance.random() < self.share:
            self.lose_an_answer(request)
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return answer_to(request)
            except GONE:
                assert time.monotonic() < end, request.full_url
                self.repeated += 1
                time.sleep(0.1)

    def lose_an_answer(self, request: urllib.request.Request) -> None:
        """Let the server begin, and kill it wherever it is."""
        doomed = threading.Thread(target=try_once, args=[request])
        doomed.start()
        time.sleep(self.chance.uniform(0, LONGEST_MOMENT))
        self.server.kill("web")
        doomed.join()
        self.server.start("web")

    def on_word(self, verb: str) -> None:
        """The mail server hears a word; perhaps it is the last one that this worker says."""
        with self.lock:
            if not self.share or verb == "QUIT" or self.chance.randrange(ONE_IN):
                return
            self.server.kill("worker")
            end_leases(self.server)
            self.server.start("worker")


def answer_to(request: urllib.request.Request) -> Any:
    """The whole answer, whatever it says; redirects are left to who asked."""
    opener = urllib.request.build_opener(Stay, urllib.request.ProxyHandler({}))
    copy = urllib.request.Request(
        request.full_url, request.data, dict(request.header_items()), method=request.get_method()
    )
    try:
        answer = opener.open(copy, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    answer.whole = answer.read()
    return answer


def try_once(request: urllib.request.Request) -> None:
    """Send it; nobody hears the answer."""
    with suppress(*GONE):
        answer_to(request)


def end_leases(server: Server) -> None:
    """As when two minutes have passed: what a dead worker had taken is due again."""
    with sqlite3.connect(server.data / "evenhand.sqlite3", timeout=20) as database:
        database.execute(
            "UPDATE evenhand_server_duerow SET next_at = datetime('now') WHERE attempts > 0 AND NOT is_dead"
        )
    database.close()


def main() -> int:
    """Play without kills, then with them; compare, and tell."""
    parser = argparse.ArgumentParser(description="The stories under real kills.")
    parser.add_argument("--share", type=float, default=0.5, help="of the forms, whose answer a kill eats")
    parser.add_argument("--seed", type=int, default=7012)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = compare(Path(folder), options.share, options.seed)
    print(json.dumps(told, indent=2))
    return 1 if told["wrong"] else 0


def compare(folder: Path, share: float, seed: int, places: Path | None = None) -> dict[str, Any]:
    """The stories twice, and what differs."""
    before = folder / "before"
    build(before, places)
    quiet = play(shutil.copytree(before, folder / "quiet", symlinks=True), 0, seed)
    killed = play(shutil.copytree(before, folder / "killed", symlinks=True), share, seed)
    wrong = [*quiet.pop("wrong"), *killed.pop("wrong")]
    before, after = quiet.pop("kept"), killed.pop("kept")
    wrong += [f"{what}: {before[what]} became {after[what]}" for what in before if before[what] != after[what]]
    return {"quiet": quiet, "killed": killed, "wrong": wrong}


def build(data: Path, places: Path | None) -> None:
    """A server just installed, with the people of the stories; ``places`` is a list of places built before."""
    if places is not None:
        (data / "cache").mkdir(parents=True)
        (data / "cache" / "places.sqlite").symlink_to(places)
    Server(data, 0, script="bench.kills_town").run("build")


def play(data: Path, share: float, seed: int) -> dict[str, Any]:
    """All stories, one after the other, on one server."""
    port = free_port()
    with mail_server() as box:
        ours = {"EVENHAND_PORT": str(port), "EVENHAND_MAIL_URL": box.url, "EVENHAND_MAIL_FROM": "e@evenhand.example"}
        server = Server(data, port, script="bench.kills_town", settings=ours)
        danger = Danger(server, random.Random(seed), share)
        box.on_word = danger.on_word
        town = Town(f"http://localhost:{port}", danger.send, box, data)
        told: dict[str, Any] = {"kills": server.kills, "stories": {}}
        for name in ("web", "worker"):
            server.start(name)
        try:
            for tale in TALES:
                told["stories"][tale.__name__] = timed(tale, town, danger)
            danger.share = 0
            town.decide_what_failed(again=False)
            come_to_rest(server)
        finally:
            for name in ("web", "worker"):
                with danger.lock:
                    server.kill(name)
                server.kills[name] -= 1
        counted = server.run("counted")
    told["forms_sent_again"] = danger.repeated
    told["mails"] = len(box.letters)
    told["decided_by_the_operator"] = town.sent_again
    told["wrong"] = wrong_mails(box, counted, town) + [
        f"{name}: {counted[name]}" for name in ("dead", "left") if counted[name]
    ]
    told["kept"] = {name: counted[name] for name in ("rows", "events", "records")} | {"mails": kinds_of(box, counted)}
    return told


def timed(tale: Callable[[Town], None], town: Town, danger: Danger) -> dict[str, Any]:
    """Play one story; how long it took, and how often something died meanwhile."""
    began, before = time.monotonic(), Counter(danger.server.kills)
    tale(town)
    kills = danger.server.kills - before
    return {"seconds": round(time.monotonic() - began, 1), "web": kills["web"], "worker": kills["worker"]}


def come_to_rest(server: Server) -> None:
    """Wait until nothing is due any more."""
    end = time.monotonic() + PATIENCE_SECONDS
    due = "SELECT count(*) FROM evenhand_server_duerow WHERE NOT is_dead AND next_at <= datetime('now', '+3 minutes')"
    while time.monotonic() < end:
        end_leases(server)
        with sqlite3.connect(server.data / "evenhand.sqlite3", timeout=20) as database:
            left = database.execute(due).fetchone()[0]
        database.close()
        if not left:
            return
        time.sleep(0.3)


def ids_in(box: Mailbox) -> list[str]:
    """The random id of each letter that arrived, as its Message-ID says it."""
    return [re.sub("[<>]|@.*", "", str(letter["Message-ID"])) for letter in box.letters]


def wrong_mails(box: Mailbox, counted: dict[str, Any], town: Town) -> list[str]:
    """What came twice though nobody decided so, what came though it was not sent, and what was sent but never came."""
    times = Counter(ids_in(box))
    twice = sum(count - 1 for count in times.values())
    wrong = [f"{twice} mails came twice"] if twice > town.sent_again else []
    for letter, kind, state in counted["letters"]:
        if state == "sent" and not times[letter]:
            wrong.append(f"a letter ({kind}) counts as sent and never came")
        if state in {"waiting", "handing"} and letter not in counted["later"]:
            wrong.append(f"a letter ({kind}) is left {state}")
    return wrong


def kinds_of(box: Mailbox, counted: dict[str, Any]) -> list[tuple[str, str]]:
    """Who got mail of which kind, each once, but for codes."""
    kinds = {letter: kind for letter, kind, _ in counted["letters"]}
    told = zip(box.letters, ids_in(box), strict=True)
    return sorted({(str(letter["To"]), kinds[one]) for letter, one in told if kinds.get(one) == "invitation"})


__all__ = ["Visitor", "compare", "play"]

if __name__ == "__main__":
    sys.exit(main())
