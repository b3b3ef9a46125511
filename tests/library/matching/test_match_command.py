"""The command that matches: two files of JSON lines in, one line for each intent out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.__main__ import main

ROSA = {
    "id": "rosa",
    "terms": "SD-BASE",
    "wish": {
        "category": "mountain_bikes",
        "area": {"name": "Hull", "country": "GB", "lat": "53.7446", "lon": "-0.3353", "radius_km": "10"},
        "budget": {"least": 0, "most": 50000, "currency": "GBP", "period": ""},
    },
}
TOM = {"id": "tom", "wish": {"category": "plumber"}}
HULL_CYCLES = {
    "id": "hull",
    "experience": "0.9",
    "interest": {
        "categories": ["bicycles"],
        "area": {"country": "GB"},
        "lowest": 40000,
        "highest": 80000,
        "currency": "EUR",
        "terms": ["SD-BASE"],
    },
}
BOOKS = {"id": "books", "interest": {"categories": ["books"]}}


def file_of(folder: Path, name: str, *records: object) -> str:
    path = folder / name
    path.write_text("\n\n".join([*map(json.dumps, records), ""]), encoding="utf-8")
    return str(path)


def match(tmp_path: Path, interests: list[object], intents: list[object], *more: str) -> int:
    answers = file_of(tmp_path, "interests.jsonl", *interests)
    asked = file_of(tmp_path, "intents.jsonl", *intents)
    return main(["match", "--interests", answers, "--intents", asked, "--on", "2026-03-01", *more])


def test_each_intent_gets_one_line_with_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(tmp_path, [BOOKS, HULL_CYCLES], [ROSA, TOM]) == 0
    rosa, tom = map(json.loads, capsys.readouterr().out.splitlines())
    assert rosa == {
        "intent": "rosa",
        "total": 1,
        "matches": [
            {
                "interest": "hull",
                "score": "0.5050",
                "accepts_terms": True,
                "reasons": [
                    {"code": "category_wider", "data": {"category": "bicycles"}},
                    {"code": "same_country", "data": {"country": "GB"}},
                    {"code": "price_not_compared", "data": {"currency": "EUR", "period": ""}},
                    {"code": "accepts_terms", "data": {"terms": "SD-BASE"}},
                ],
            }
        ],
    }
    assert tom == {"intent": "tom", "total": 0, "matches": []}


def test_known_rates_compare_money(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rates = file_of(tmp_path, "rates.jsonl", {"GBP": "0.8", "EUR": "1"})
    assert match(tmp_path, [HULL_CYCLES], [ROSA], "--rates", rates) == 0
    assert "partly_within_budget" in capsys.readouterr().out


def test_the_best_come_first_and_of_equals_the_earlier_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sellers = [{**HULL_CYCLES, "id": str(number), "experience": f"0.{number % 3}"} for number in range(6)]
    assert match(tmp_path, sellers, [ROSA], "--top", "3") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["total"] == 6
    assert [found["interest"] for found in answer["matches"]] == ["2", "5", "1"]


@pytest.mark.parametrize(
    ("interest", "why"),
    [
        ([], "no JSON object"),
        ({"interest": {}}, "id"),
        ({"id": "hull", "interest": {"lowset": 5}}, "lowset"),
        ({"id": "hull", "interest": {"lowest": 0.5}}, "lowest"),
        ({"id": "hull", "experience": "much"}, "experience"),
        ({"id": "hull", "interest": None}, "interest"),
    ],
)
def test_a_line_that_can_not_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], interest: object, why: str
) -> None:
    assert match(tmp_path, [HULL_CYCLES, interest], [ROSA]) == 2
    assert capsys.readouterr().err.endswith(f"interests.jsonl, line 3: cannot be read ({why}).\n")


def test_an_intent_that_can_not_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(tmp_path, [HULL_CYCLES], [{"id": "rosa", "wish": {"area": 5}}]) == 2
    assert "intents.jsonl, line 1: cannot be read (area)" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"GBP": "0"}', '{"GBP": 1.5}', '"GBP"'])
def test_rates_that_can_not_be_read_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (tmp_path / "rates.jsonl").write_text(text)
    assert match(tmp_path, [], [], "--rates", str(tmp_path / "rates.jsonl")) == 2
    assert "rates.jsonl, line 1: cannot be read" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "--interests", str(tmp_path / "none"), "--intents", "none"]) == 2
    assert "none: cannot be read (No such file or directory)." in capsys.readouterr().err


def test_long_files_tell_how_far_we_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evenhand.__main__.LINES_BETWEEN_NOTES", 2)
    assert match(tmp_path, [HULL_CYCLES, BOOKS], []) == 0
    assert "interests.jsonl: 2 lines" in capsys.readouterr().err


def test_the_command_runs_on_its_own(tmp_path: Path) -> None:
    interests = file_of(tmp_path, "interests.jsonl", HULL_CYCLES)
    intents = file_of(tmp_path, "intents.jsonl", ROSA)
    command = [sys.executable, "-m", "evenhand", "match", "--interests", interests, "--intents", intents]
    assert json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["total"] == 1
