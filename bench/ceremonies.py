"""Play thousands of ceremonies between two copies, with crashes and with lost, repeated and reordered messages.

``python bench/ceremonies.py [COUNT]`` says how they ended, that both copies were always equal, and how long it took.
"""

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import resources

from evenhand.records import Custody, SigningKey, signing_key
from evenhand.terms.agreement import missing_signers
from evenhand.terms.ceremony import Ceremony, Move, State, merge, step, take
from evenhand.terms.chain import follow
from evenhand.terms.record import Heading, Role, Side
from evenhand.terms.roster import Roster, Terms

BEGINNING = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
DEADLINE = BEGINNING + timedelta(hours=10)
KEYS = {
    Role.ASKING: signing_key(b"rosa" * 8, custody=Custody.SERVER),
    Role.ANSWERING: signing_key(b"hull" * 8, custody=Custody.OWN_DEVICE),
}
ROSTER = Roster.load(resources.files("evenhand.terms") / "data")


@dataclass
class Agent:
    """One side: the copy on its disk, its key, and a clock that may be wrong."""

    role: Role
    key: SigningKey
    copy: Ceremony
    skew: timedelta

    def act(self, now: datetime, chance: random.Random) -> None:
        """Make a move that is possible now, if any; a crash before it reaches the disk leaves no trace."""
        moment = now + self.skew
        moves = [move for move in Move if self.may(move, moment)]
        if not moves or chance.random() < 0.1:
            return
        move = chance.choice(moves)
        counter = known(chance.choice(("SD-BASE", "SD-BASE-A-DP"))) if move is Move.COUNTER else None
        self.copy = take(self.copy, step(self.copy, move, key=self.key, moment=moment, counter=counter))

    def may(self, move: Move, moment: datetime) -> bool:
        """Whether this side may make this move at this moment, as far as its copy tells."""
        possible = {
            State.PROFFERED: {Move.ACCEPT, Move.COUNTER, Move.REFUSE, Move.LAPSE},
            State.ACCEPTED: {Move.CONFIRM, Move.LAPSE},
            State.COUNTERED: {Move.CONFIRM, Move.REFUSE, Move.LAPSE},
        }.get(self.copy.state, set())
        is_late = moment > DEADLINE
        in_time = {Move.LAPSE: is_late, Move.CONFIRM: True}.get(move, not is_late)
        return move in possible and in_time and self.copy.who_may(move) is self.role

    def hear(self, told: Ceremony, chance: random.Random) -> None:
        """Take over what the other side tells; a crash before it reaches the disk is a lost message."""
        if chance.random() >= 0.1:
            self.copy = merge(self.copy, told)


@dataclass
class Network:
    """Messages under way to each side."""

    chance: random.Random
    under_way: dict[Role, list[Ceremony]] = field(default_factory=lambda: {role: [] for role in Role})

    def send(self, agent: Agent) -> None:
        """Send one's whole copy: it may get lost, or arrive twice."""
        copies = self.chance.choices((0, 1, 2), weights=(3, 5, 2))[0]
        self.under_way[agent.role.other] += [agent.copy] * copies

    def deliver(self, agent: Agent) -> None:
        """Hand over any message that is under way, not the oldest first."""
        waiting = self.under_way[agent.role]
        if waiting:
            agent.hear(waiting.pop(self.chance.randrange(len(waiting))), self.chance)


def known(name: str) -> Terms:
    """Terms that are certainly on the roster."""
    terms = ROSTER.find(name)
    assert terms is not None
    return terms


def play(seed: int) -> State:
    """Play one ceremony to its end and check that nothing was lost, doubled or half done."""
    chance = random.Random(seed)
    asking, answering = begin(chance)
    agents, network, now = (asking, answering), Network(chance), BEGINNING
    agreed: set[bytes] = set()
    for _ in range(chance.randrange(4, 60)):
        agent = chance.choice(agents)
        act = chance.choice((agent.act, network.send, network.deliver))
        if act == agent.act:
            agent.act(now, chance)
        else:
            act(agent)  # type: ignore[arg-type]
        agreed |= {one.copy.ending.data for one in agents if one.copy.ending and one.copy.state is State.AGREED}
        now += timedelta(minutes=chance.randrange(25))
    settle(asking, answering, now)
    check(asking, answering, agreed)
    return asking.copy.state


def begin(chance: random.Random) -> tuple[Agent, Agent]:
    """Both sides with the proffer on their disks and clocks up to an hour wrong."""
    sides = tuple(Side(role, key.public, key.custody) for role, key in KEYS.items())
    heading = Heading("d3a1", (sides[0], sides[1]), BEGINNING)
    ceremony = Ceremony(heading, known("SD-BASE-DP"), DEADLINE, proffered_by=chance.choice(tuple(Role)))
    skews = [timedelta(minutes=chance.randrange(-60, 61)) for _ in Role]
    made = [Agent(role, KEYS[role], ceremony, skew) for role, skew in zip(Role, skews, strict=True)]
    return made[0], made[1]


def settle(asking: Agent, answering: Agent, now: datetime) -> None:
    """The network heals: both tell each other all, and the proffering side lapses what is still open."""
    for _ in range(4):
        for one, other in ((asking, answering), (answering, asking)):
            other.copy = merge(other.copy, one.copy)
            if one.copy.is_open and one.may(Move.LAPSE, late := max(now, DEADLINE) + timedelta(hours=2)):
                made = step(one.copy, Move.LAPSE, key=one.key, moment=late)
                one.copy = take(one.copy, made)


def check(asking: Agent, answering: Agent, agreed: set[bytes]) -> None:
    """Both hold the same finished story, the same bytes, all signatures; what was once agreed is what was agreed."""
    assert asking.copy == answering.copy
    ending = asking.copy.ending
    assert ending is not None
    assert answering.copy.ending == ending
    assert not missing_signers(ending)
    assert not follow([ending]).findings
    assert agreed <= {ending.data}


def main(count: int) -> None:
    """Play and tell."""
    start = time.perf_counter()
    ended = Counter(play(seed) for seed in range(count))
    seconds = time.perf_counter() - start
    told = ", ".join(f"{number} {state}" for state, number in sorted(ended.items()))
    print(f"{count} ceremonies, both copies equal every time: {told}; {seconds:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
