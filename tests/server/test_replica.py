"""A worker's own index of interests follows the database, change by change, and says the same as SQL."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.intents.wish import Wish
from evenhand.interests.interest import Interest
from evenhand_server.intents.queries import newest_wish
from evenhand_server.interests import actions as interests
from evenhand_server.interests.queries import interests_of
from evenhand_server.journal.actions import prune_changes
from evenhand_server.journal.models import Change
from evenhand_server.journal.queries import newest_change
from evenhand_server.matching.asking import Question, find
from evenhand_server.matching.queries import in_database
from evenhand_server.people.actions import keep_preferences
from evenhand_server.people.actor import Actor
from evenhand_server.people.preferences import Preferences
from evenhand_server.purpose.actions import add_evidence, remove_evidence
from evenhand_server.workers import introduce
from evenhand_server.workers.introduce import BehindError, look_for
from evenhand_server.workers.memory import MEMORY, Memory
from evenhand_server.workers.replica import Replica
from evenhand_server.workers.run import work_all
from tests.deal import announce
from tests.fitting import RATES, TODAY, TREE, wishes
from tests.fitting import interests as any_interests
from tests.market import HULL, person, sells_mountain_bikes, shop

BIKES = Interest(frozenset({"mountain_bikes"}), HULL)
WISH = Wish("mountain_bikes", HULL, values=frozenset({"fair_trade"}))
QUESTION = Question(WISH, TODAY, "PDC-INTENT")


def by_sql(question: Question = QUESTION, top: int = 50) -> object:
    """What the database says."""
    return find(question, top=top, tree=TREE, rates=RATES)


def follows(replica: Replica) -> bool:
    """Whether the replica says the same once it has caught up."""
    replica.catch_up()
    return replica.find(QUESTION, 50, RATES) == by_sql()


@pytest.mark.django_db
def test_every_kind_of_change_is_followed(tmp_path: Path, rosa: Actor) -> None:
    replica = Replica.open(tmp_path / "interests.segment")
    seller = person("seller")
    interests.stand_ready(seller, "Bikes", BIKES)
    assert follows(replica)
    assert replica.find(QUESTION, 50).total == 1
    evidence = add_evidence(seller, value="fair_trade", issuer="F", number="", valid_until=TODAY + timedelta(days=9))
    assert follows(replica)
    interests.set_standing_acceptances(seller, frozenset({"PDC-INTENT"}))
    assert follows(replica)
    assert replica.find(QUESTION, 50).accepting == 1
    keep_preferences(seller, Preferences(never=frozenset({"PDC-INTENT"})))
    assert follows(replica)
    assert replica.find(QUESTION, 50).accepting == 0
    remove_evidence(seller, evidence.public_id)
    assert follows(replica)
    interests.change_interest(seller, interests_of(seller).get(), "Books", Interest(frozenset({"books"}), HULL))
    assert follows(replica)
    assert replica.find(QUESTION, 50).total == 0
    interests.change_interest(seller, interests_of(seller).get(), "Bikes", BIKES)
    interests.retire_interest(seller, interests_of(seller).get())
    assert follows(replica)
    numbers = sorted(Change.objects.values_list("pk", flat=True))
    assert numbers == list(range(numbers[0], newest_change() + 1))


@pytest.mark.django_db
def test_a_saved_replica_takes_in_what_changed_since(tmp_path: Path, rosa: Actor) -> None:
    file = tmp_path / "interests.segment"
    stays, goes = person("stays"), person("goes")
    for seller in (stays, goes):
        interests.stand_ready(seller, "Bikes", BIKES)
    Replica.open(file)
    interests.retire_interest(goes, interests_of(goes).get())
    interests.stand_ready(person("comes"), "Bikes", BIKES)
    replica = Replica.open(file)
    assert replica.find(QUESTION, 50).total == 2
    assert follows(replica)


@pytest.mark.django_db
def test_of_the_changes_of_a_vendor_only_the_newest_is_kept_and_nobody_misses_any(tmp_path: Path, rosa: Actor) -> None:
    file = tmp_path / "interests.segment"
    seller, other = person("seller"), person("other")
    interests.stand_ready(other, "Bikes", BIKES)
    saved = Replica.open(file)
    for kind in ("books", "mountain_bikes", "books"):
        interests.stand_ready(seller, "Things", Interest(frozenset({kind}), HULL))
    newest = newest_change()
    assert prune_changes() == 2
    assert Change.objects.count() == 2
    assert newest_change() == newest
    assert follows(saved)
    assert follows(Replica.open(file))
    assert saved.find(QUESTION, 50).total == 2
    assert prune_changes() == 0


@pytest.mark.django_db
def test_a_file_of_another_market_or_none_at_all_is_made_anew(tmp_path: Path, hull_cycles: Actor) -> None:
    file = tmp_path / "interests.segment"
    replica = Replica.open(file)
    replica.index.save(file, upto=newest_change() + 5)
    assert Replica.open(file).find(QUESTION, 50).total == 1
    file.write_bytes(b"no segment")
    assert Replica.open(file).find(QUESTION, 50).total == 1


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    said=st.lists(st.tuples(st.integers(0, 3), any_interests), max_size=10),
    asked=st.lists(wishes, min_size=1, max_size=4),
    top=st.integers(0, 3),
)
def test_the_replica_says_what_sql_says(
    tmp_path_factory: pytest.TempPathFactory, rosa: Actor, said: list[tuple[int, Interest]], asked: list[Wish], top: int
) -> None:
    with transaction.atomic():
        replica = Replica.open(tmp_path_factory.mktemp("index") / "interests.segment")
        sellers = [person(f"seller{number}") for number in range(4)]
        for number, value in said:
            offered = replace(value, categories=value.categories or frozenset({"bicycles"}))
            interests.stand_ready(sellers[number], "We sell this", offered)
        replica.catch_up()
        for wish in asked:
            question = Question(wish, TODAY, "", frozenset({sellers[0].party_id}))
            assert replica.find(question, top, RATES) == by_sql(question, top)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_no_change_is_skipped_while_an_earlier_one_is_not_yet_committed(tmp_path: Path) -> None:
    replica = Replica.open(tmp_path / "interests.segment")
    slow, quick = person("slow"), person("quick")
    paused, go_on, has_finished = threading.Event(), threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            interests.stand_ready(slow, "Bikes", BIKES)
            paused.set()
            go_on.wait(30)
        connection.close()

    def write_quickly() -> None:
        interests.stand_ready(quick, "Bikes", BIKES)
        has_finished.set()
        connection.close()

    threads = [threading.Thread(target=write_slowly), threading.Thread(target=write_quickly)]
    threads[0].start()
    assert paused.wait(30)
    threads[1].start()
    assert not has_finished.wait(1)
    replica.catch_up()
    assert replica.find(QUESTION, 50).total == 0
    go_on.set()
    for thread in threads:
        thread.join()
    assert follows(replica)
    assert replica.find(QUESTION, 50).total == 2


@pytest.mark.django_db
def test_workers_match_in_memory_where_the_operator_wants_it(
    rosa: Actor, settings: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings.MATCHING = "index"
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path)
    MEMORY.fill(settings.ENVIRONMENT.index_file)
    shop("early", "Early Bikes", sells_mountain_bikes())
    intent = announce(rosa)
    work_all()
    assert introduce.Dealing.objects.get().intent == intent
    wish = newest_wish(intent)
    assert wish.change == newest_change()
    wish.change += 1
    with pytest.raises(BehindError):
        look_for(wish)
    MEMORY.forget()


@pytest.mark.django_db(transaction=True)
def test_nothing_waits_while_the_memory_is_read_in(
    rosa: Actor, settings: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MATCHING = "index"
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path)
    go_on = threading.Event()

    def slowly(file: Path) -> Replica:
        go_on.wait(30)
        return Replica.load(file)

    monkeypatch.setattr(Replica, "open", slowly)
    shop("early", "Early Bikes", sells_mountain_bikes())
    intent = announce(rosa)
    work_all()
    assert introduce.Dealing.objects.get().intent == intent
    assert look_for(newest_wish(intent)) == in_database
    go_on.set()
    MEMORY.wait()
    assert look_for(newest_wish(intent)) != in_database
    MEMORY.forget()


@pytest.mark.django_db(transaction=True)
def test_a_memory_that_cannot_be_read_in_is_begun_anew(
    settings: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path)
    monkeypatch.setattr(Replica, "open", Mock(side_effect=[OperationalError("away"), Replica.load(tmp_path / "x")]))
    memory = Memory()
    assert memory.replica() is None
    memory.wait()
    assert "OperationalError" in caplog.text
    memory.replica()
    memory.wait()
    assert memory.replica() is not None


@pytest.mark.django_db
def test_a_day_later_what_has_run_out_counts_no_more(tmp_path: Path, hull_cycles: Actor) -> None:
    today = timezone.localdate()
    add_evidence(hull_cycles, value="fair_trade", issuer="F", number="", valid_until=today)
    replica = Replica.open(tmp_path / "interests.segment")
    needy = Wish("mountain_bikes", required_values=frozenset({"fair_trade"}))
    assert replica.find(Question(needy, today, ""), 5).total == 1
    assert replica.find(Question(needy, today + timedelta(days=1), ""), 5).total == 0
