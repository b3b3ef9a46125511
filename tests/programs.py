"""A program that somebody let in, for tests: it speaks to the API as any client would."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from evenhand_server.people.actions import make_token
from evenhand_server.people.actor import Actor

ROOT = "/api/v1"


@dataclass
class Answer:
    """What came back: the status, the headers, and the body as Python reads it."""

    status: int
    headers: dict[str, str]
    body: Any

    def __getitem__(self, name: str) -> Any:
        """A field of the body."""
        return self.body[name]

    @property
    def items(self) -> list[Any]:
        """The items of a page."""
        found: list[Any] = self.body["items"]
        return found

    @property
    def wrong(self) -> set[str]:
        """The fields that could not be used."""
        return {error["field"] for error in self.body["errors"]}


@dataclass
class Program:
    """A program with a token, or without one."""

    secret: str = ""
    client: Client = field(default_factory=Client)

    def get(self, path: str, **query: Any) -> Answer:
        """Read."""
        return answer_of(self.client.get(f"{ROOT}{path}", query, headers=self.headers()))

    def post(self, path: str, body: Any = None, *, key: str = "") -> Answer:
        """Write."""
        return self.send("POST", path, body, key=key)

    def put(self, path: str, body: Any, *, key: str = "") -> Answer:
        """Write in the place of what was there."""
        return self.send("PUT", path, body, key=key)

    def delete(self, path: str, *, key: str = "") -> Answer:
        """Remove."""
        return self.send("DELETE", path, None, key=key)

    def send(self, method: str, path: str, body: Any, *, key: str = "") -> Answer:
        """Any request; a body that is text is sent as it is."""
        content = body if isinstance(body, str | bytes) else json.dumps(body) if body is not None else ""
        headers = self.headers() | ({"Idempotency-Key": key} if key else {})
        sent = self.client.generic(method, f"{ROOT}{path}", content, "application/json", headers=headers)
        return answer_of(sent)

    def headers(self) -> dict[str, str]:
        """Who asks."""
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


def answer_of(response: Any) -> Answer:
    """The answer; a body that is no JSON stays bytes."""
    is_json = "json" in response.headers.get("Content-Type", "")
    body = json.loads(response.content) if is_json and response.content else response.content
    return Answer(response.status_code, dict(response.headers), body)


def program_of(actor: Actor) -> Program:
    """A program that somebody has just let in."""
    return Program(make_token(actor, "for tests")[1])
