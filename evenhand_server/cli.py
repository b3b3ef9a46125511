"""The command `evenhand`: serve, work, and the demo; and the library's own commands."""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from evenhand.__main__ import main as library
from evenhand_server.environment import read_environment
from evenhand_server.supervisor import Child, free_port, supervise

OF_THE_LIBRARY = ("read", "match", "verify", "key", "sign")
DEMO_LIMITS = {
    "EVENHAND_LIMITS": "all=off",
    "EVENHAND_OPEN_INTENTS": "50",
    "EVENHAND_INVITATIONS_A_DAY": "500",
}
"""Nobody there is a stranger, and everybody tries things out."""
DEMO_DATA = Path(".evenhand") / "demo"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; the exit code says whether it worked."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in OF_THE_LIBRARY:
        return library(words)
    asked = parser().parse_args(words)
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "evenhand_server.settings"}
    variables.setdefault("PYTHONPATH", str(Path(__file__).resolve().parent.parent))
    if asked.command == "demo":
        variables["EVENHAND_DATA"] = variables.get("EVENHAND_DATA") or str(DEMO_DATA.absolute())
        variables["EVENHAND_DEMO"] = "1"
        variables.update({name: variables.get(name) or value for name, value in DEMO_LIMITS.items()})
    if asked.command in MODULES:
        return run(MODULES[asked.command], variables, *words[1:])
    return COMMANDS[asked.command](variables)


def parser() -> argparse.ArgumentParser:
    """What can be asked."""
    top = argparse.ArgumentParser(prog="evenhand", description="Buying and selling between people, on even terms.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("serve", help="run the server: web and worker processes; Ctrl-C stops it")
    commands.add_parser("work", help="run one more worker process beside a server")
    commands.add_parser("demo", help="run a server with a small invented market to try things in")
    commands.add_parser("prepare", help="bring the database up to date, without serving")
    commands.add_parser("corrections", help="what people put right in readings, as lines for the lexicon")
    commands.add_parser("setup", help="print a fresh one-time address of the setup page")
    operator = commands.add_parser("operator", help="name who looks after this server, or say who does")
    operator.add_argument("username", nargs="*", help="somebody who has an account here")
    operator.add_argument("--dismiss", action="store_true", help="they look after it no longer")
    dead = commands.add_parser("dead_letters", help="list what failed for good; try it again, or let it go")
    dead.add_argument("name", nargs="*", help="what the list calls it; without a name, everything")
    dead.add_argument("--again", action="store_true", help="try it again")
    dead.add_argument("--drop", action="store_true", help="let it go")
    bounced = commands.add_parser("bounced", help="read mail that came back, and write to those addresses no more")
    bounced.add_argument("file", nargs="*", help="a mail, or a mailbox in the format mbox; none: the standard input")
    imports = commands.add_parser("import_interests", help="bring in what many vendors answer, from a file")
    imports.add_argument("file", help="JSON lines: vendor, sentence, interest")
    imports.add_argument("--by", required=True, metavar="USERNAME", help="who will act for vendors that are new here")
    commands.add_parser("roster", help="the terms people can name here, and what is wrong with your own")
    commands.add_parser("rotate_master_key", help="a new master key, with every private key wrapped under it")
    for name in OF_THE_LIBRARY:
        commands.add_parser(name, help=f"the library's command: python -m evenhand {name}", add_help=False)
    return top


def serve(variables: Mapping[str, str]) -> int:
    """Prepare, say the address, and keep web and worker processes running."""
    if prepare(variables):
        return 1
    return keep_serving(variables, WELCOME)


def demo(variables: Mapping[str, str]) -> int:
    """Prepare, invent the market if it is not there yet, and serve it."""
    if prepare(variables) or run("evenhand_server.demo", variables):
        return 1
    return keep_serving(variables, DEMO_WELCOME)


def prepare(variables: Mapping[str, str]) -> int:
    """Bring tables, static files and places up to date."""
    return run("evenhand_server.prepare", variables)


def corrections(variables: Mapping[str, str]) -> int:
    """Print what people put right in readings."""
    return run("evenhand_server.intents.corrections", variables)


def work(variables: Mapping[str, str]) -> int:
    """Run one worker in this process's place."""
    os.execve(sys.executable, [sys.executable, "-m", "evenhand_server.workers"], dict(variables))  # noqa: S606


def keep_serving(variables: Mapping[str, str], welcome: str) -> int:
    """Choose a port, greet, supervise."""
    environment = read_environment(variables)
    port = free_port(environment.port)
    if port != environment.port:
        sys.stdout.write(f"Port {environment.port} is taken; using {port}.\n")
    settled = {**variables, "EVENHAND_PORT": str(port)}
    welcome += first_start(settled)
    address = environment.address or f"http://localhost:{port}"
    web = [
        *(sys.executable, "-m", "granian", "evenhand_server.wsgi:application", "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(environment.web_processes)),
        *("--blocking-threads", "1", "--no-ws", "--log-level", "warning"),
    ]
    status = supervise(
        [
            Child("web", web, settled),
            Child("worker", [sys.executable, "-m", "evenhand_server.workers"], settled),
        ],
        port=port,
        welcome=welcome.format(address=address, data=environment.data),
    )
    print("Evenhand has stopped.", flush=True)
    return status


def first_start(variables: Mapping[str, str]) -> str:
    """The way to the setup page, as long as nobody looks after the server."""
    command = [sys.executable, "-m", MODULES["setup"], "--if-nobody"]
    said = subprocess.run(command, env=dict(variables), check=False, capture_output=True, text=True)  # noqa: S603
    return FIRST_START.replace("ADDRESS", said.stdout.strip()) if said.stdout.strip() else ""


def run(module: str, variables: Mapping[str, str], *words: str) -> int:
    """Run one of our modules to its end."""
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, env=dict(variables), check=False).returncode  # noqa: S603


COMMANDS = {
    "serve": serve,
    "demo": demo,
    "prepare": prepare,
    "work": work,
    "corrections": corrections,
}

MODULES = {
    "import_interests": "evenhand_server.interests.imports",
    "setup": "evenhand_server.market.first_start",
    "operator": "evenhand_server.market.name_operator",
    "dead_letters": "evenhand_server.market.dead_letters",
    "roster": "evenhand_server.people.own_roster",
    "rotate_master_key": "evenhand_server.records.master",
    "bounced": "evenhand_server.integrations.mail.bounced",
}
"""Commands that a module of a room does, with the words that follow them."""

WELCOME = "Evenhand is at {address} and keeps its data in {data}. Ctrl-C stops it."
FIRST_START = """
Nobody looks after this server yet. Open this address once, and make your account; keep it to yourself:
  ADDRESS"""
DEMO_WELCOME = """
Evenhand's demo market is at {address}

  Sign in as   rosa            to ask for things
               hull_cycles     to answer, for the shop Hull Cycles
               aire_school_buyer   to buy for a school (choose "acting for" at the top)
               tom             to see that others' business is not shown to him
               noel            to look after the server: what is traded, whether mail arrives, what failed
  The password is the same for all: even-terms-for-all

  Three things to try:
  1. As rosa, type "Looking for a mountain bike in Hull, 500 pounds to spend" and publish it.
  2. As hull_cycles (another browser or a private window), open the inbox, accept Rosa's terms and make an offer.
  3. As rosa, compare the offers, accept one, and download the signed record of it.

  Mail that would be sent lies in {data}/mail. Ctrl-C stops everything.
"""

if __name__ == "__main__":
    sys.exit(main())
