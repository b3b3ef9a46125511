"""Bringing in what many vendors answer, from a file, once."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.utils import timezone

from evenhand.interests.interest import Interest, as_record
from evenhand_server.interests.imports import main
from evenhand_server.interests.models import Interest as InterestRow
from evenhand_server.interests.queries import interests_of, standing_terms
from evenhand_server.journal.queries import newest_change
from evenhand_server.market.models import Market
from evenhand_server.matching.mentions import versions_saying
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party
from evenhand_server.people.queries import actor_of, memberships_of
from evenhand_server.purpose.queries import evidence_of
from evenhand_server.workers.run import work_all
from tests.deal import announce
from tests.market import sells_mountain_bikes

pytestmark = pytest.mark.django_db
VALUE = {"value": "fair_trade", "issuer": "Federation", "valid_until": "2099-01-01"}


def line(vendor: str, interest: Interest, **more: object) -> dict[str, object]:
    """One line of a file."""
    record = {**as_record(interest), "values": [VALUE], "terms": ["PDC-INTENT"]}
    return {"id": "1", "vendor": vendor, "sentence": "Moor bikes, by hand", "interest": record, **more}


def write(file: Path, *lines: Mapping[str, object]) -> Path:
    """Write the file."""
    file.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    return file


def test_what_is_brought_in_is_found_once_however_often_the_file_is_read(
    rosa: Actor, tom: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(
        tmp_path / "interests.jsonl",
        line("Moor Bikes", sells_mountain_bikes()),
        line("Moor Bikes", Interest(frozenset({"road_bikes"}))),
        line("", Interest(frozenset({"books"})), id="Hessle Books", sentence=""),
    )
    for _ in range(2):
        assert main([str(file), "--by", "tom"]) == 0
        assert "3 interests of 2 vendors" in capsys.readouterr().out
    assert InterestRow.objects.count() == 3
    moor = Party.objects.get(name="Moor Bikes")
    membership = memberships_of(tom.person).get(party=moor)
    acting = actor_of(tom.person, membership.public_id)
    assert interests_of(acting).count() == 2
    assert standing_terms(moor.pk) == {"PDC-INTENT"}
    assert [(one.value, one.issuer) for one in evidence_of(moor.pk)] == [("fair_trade", "Federation")]
    assert len(versions_saying("moor bike")) == 2
    assert newest_change()
    announce(rosa)
    work_all()
    assert memberships_of(tom.person).count() == 3
    assert announce(rosa).pk


def test_a_file_that_grew_brings_in_what_is_new_for_vendors_that_are_known(tom: Actor, tmp_path: Path) -> None:
    first = write(tmp_path / "one.jsonl", line("Moor Bikes", sells_mountain_bikes()))
    second = write(tmp_path / "two.jsonl", line("Moor Bikes", Interest(frozenset({"books"}))))
    assert main([str(first), "--by", "tom"]) == main([str(second), "--by", "tom"]) == 0
    assert Party.objects.filter(name="Moor Bikes").count() == 1
    assert InterestRow.objects.count() == 2


def test_a_line_that_cannot_be_read_is_named_and_nothing_of_its_part_is_kept(
    tom: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "bad.jsonl", line("Moor Bikes", sells_mountain_bikes()), {"id": "2", "colour": "red"})
    assert main([str(file), "--by", "tom"]) == 2
    assert "line 2" in capsys.readouterr().err
    assert not InterestRow.objects.exists()


def test_nobody_and_no_file_are_told(tom: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl"), "--by", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
    assert main([str(tmp_path / "none.jsonl"), "--by", "tom"]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_what_is_not_traded_here_is_left_out(tom: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Market.objects.create(kinds_not_traded=["bicycles"], strangers_may_register=True, at=timezone.now())
    books = line("Hessle Books", Interest(frozenset({"books"})), sentence="Books")
    file = write(tmp_path / "one.jsonl", line("Moor Bikes", sells_mountain_bikes()), books)
    assert main([str(file), "--by", "tom"]) == 0
    assert "1 left out" in capsys.readouterr().out
    assert [row.party.name for row in InterestRow.objects.all()] == ["Hessle Books"]
