"""The command: one text or many lines, as plain lines or as JSON."""

import json
from pathlib import Path

import pytest

from evenhand.__main__ import main

BIKE = "a mountain bike in Hull, 500 pounds"


def test_one_text_is_told_in_plain_lines(places: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", BIKE, "--country", "GB", "--places", str(places)]) == 0
    assert "Mountain Bikes" in capsys.readouterr().out


def test_one_text_is_told_as_json(places: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", BIKE, "--country", "GB", "--json", "--places", str(places)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["category"]["id"] == "mountain_bikes"
    assert (shown["budget"]["max"], shown["budget"]["currency"]) == (500, "GBP")
    assert shown["more_wishes"] == []


def test_many_lines_are_answered_line_by_line(places: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "intents.jsonl"
    asked = {"id": "x", "text": f"{BIKE} by Friday", "country_hint": "GB", "now": "2026-11-18T10:00:00"}
    lines.write_text(f"{json.dumps(asked)}\n\n{json.dumps({'text': ''})}\n", encoding="utf-8")
    assert main(["read", "--jsonl", str(lines), "--places", str(places)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == ["x", None]
    assert answers[0]["needed_by"] == "2026-11-20"


def test_a_file_that_cannot_be_read_is_told(places: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--jsonl", str(tmp_path / "nowhere"), "--places", str(places)]) == 2
    broken = tmp_path / "broken.jsonl"
    broken.write_text("[]\n", encoding="utf-8")
    assert main(["read", "--jsonl", str(broken), "--places", str(places)]) == 2
    assert "line 1" in capsys.readouterr().err
