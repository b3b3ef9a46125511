"""The API's page for people who write programs: made here from the description, without a script."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from evenhand.errors import EvenhandError
from evenhand_server.programs.problems import CODES, OWN_CODES, status_of

Part = Mapping[str, Any]
PLAIN = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "object",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field or parameter: its name, its kind in words, whether it is needed, and what to know of it."""

    name: str
    kind: str
    is_needed: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    parameters: list[Field]
    body: list[Field]
    curl: str
    answers: list[tuple[str, str]]


class Reference(DocsBase):
    """The page at /api/v1/docs."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Render it."""
        schema = api.get_openapi_schema()
        groups: dict[str, list[Operation]] = {}
        for path, methods in schema["paths"].items():
            for method, described in methods.items():
                shown = operation_of(method, path, described, schema["components"]["schemas"])
                groups.setdefault(described["tags"][0], []).append(shown)
        context = {"api": api, "groups": groups, "problems": list(problems_known()), "address": address_of(request)}
        return render(request, "api/docs.html", context)


def operation_of(method: str, path: str, described: Part, schemas: Part) -> Operation:
    """One operation from its description."""
    body = body_of(described, schemas)
    parameters = [one for one in described["parameters"] if one["in"] != "header"]
    return Operation(
        id=described["operationId"],
        method=method.upper(),
        path=path,
        summary=described["summary"],
        about=described.get("description", ""),
        parameters=[field_of(one["name"], one["schema"], schemas, is_needed=one["required"]) for one in parameters],
        body=fields_of(body, schemas),
        curl=curl_for(method, path, body, schemas, takes_key=len(parameters) < len(described["parameters"])),
        answers=[(str(status), answer["description"]) for status, answer in described["responses"].items()],
    )


def body_of(described: Part, schemas: Part) -> Part:
    """The schema of what an operation takes; empty where it takes nothing."""
    content = described.get("requestBody", {}).get("content", {})
    return resolved(content.get("application/json", {}).get("schema", {}), schemas)


def resolved(schema: Part, schemas: Part) -> Part:
    """A schema that is named elsewhere, or one of two where the other is null, as itself."""
    for options in (schema.get("allOf"), schema.get("anyOf")):
        if options:
            return resolved({**schema, **options[0], "allOf": None, "anyOf": None}, schemas)
    name = str(schema.get("$ref", "")).rpartition("/")[-1]
    return {**schemas[name], **{key: schema[key] for key in schema if key != "$ref"}} if name else schema


def fields_of(body: Part, schemas: Part, before: str = "") -> list[Field]:
    """The fields of a body, those within others by their path."""
    found = []
    for name, schema in body.get("properties", {}).items():
        whole = resolved(schema, schemas)
        inner = resolved(whole["items"], schemas) if whole.get("type") == "array" else whole
        path = f"{before}{name}{'[]' if inner is not whole and 'properties' in inner else ''}"
        found.append(field_of(path, whole, schemas, is_needed=name in body.get("required", [])))
        found += fields_of(inner, schemas, f"{path}.")
    return found


def field_of(name: str, schema: Part, schemas: Part, *, is_needed: bool) -> Field:
    """One field in words."""
    whole = resolved(schema, schemas)
    return Field(name, kind_of(whole, schemas), is_needed, whole.get("description", "") if "$ref" not in schema else "")


def kind_of(schema: Part, schemas: Part) -> str:
    """What may stand in a field."""
    if schema.get("enum"):
        return "one of " + ", ".join(str(one) or "“”" for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {kind_of(resolved(schema['items'], schemas), schemas)}"
    limits = {"minimum": "at least {}", "maximum": "at most {}", "maxLength": "at most {} characters"}
    words = [said.format(schema[key]) for key, said in limits.items() if key in schema]
    kind = "day" if schema.get("format") == "date" else PLAIN.get(str(schema.get("type")), "anything")
    return ", ".join([kind, *words])


def curl_for(method: str, path: str, body: Part, schemas: Part, *, takes_key: bool) -> str:
    """The operation as one would type it."""
    address = path.replace("{", "$").replace("}", "")
    lines = [f'curl "$EVENHAND{address}" -H "Authorization: Bearer $TOKEN"']
    if method != "get":
        lines[0] = lines[0].replace("curl", f"curl -X {method.upper()}")
    if takes_key:
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if body:
        lines.append(f"--json '{json.dumps(example_of(body, schemas), ensure_ascii=False)}'")
    return " \\\n  ".join(lines)


def example_of(schema: Part, schemas: Part) -> Any:
    """Something that fits a schema: of an object what it needs, and what has an example of its own."""
    whole = resolved(schema, schemas)
    if whole.get("examples"):
        return whole["examples"][0]
    if whole.get("enum"):
        return whole["enum"][0]
    if whole.get("type") == "array":
        return [example_of(whole["items"], schemas)]
    if whole.get("type") == "object":
        needed = whole.get("required", [])
        parts = whole.get("properties", {}).items()
        return {name: example_of(part, schemas) for name, part in parts if name in needed or "examples" in part}
    plain = {"integer": 1, "number": 1, "boolean": True}
    return "2090-01-31" if whole.get("format") == "date" else plain.get(str(whole.get("type")), "…")


def problems_known() -> Iterator[tuple[str, int, str]]:
    """Every problem by its code: its status, and when it is answered."""
    for status, code in (*CODES.items(), *OWN_CODES):
        yield code, int(status), ""
    for error in sorted(errors_below(EvenhandError), key=lambda one: one.code):
        yield error.code, int(status_of(error())), (error.__doc__ or "").partition("; data:")[0]


def errors_below(parent: type[EvenhandError]) -> Iterator[type[EvenhandError]]:
    """All kinds of errors that this server knows."""
    for child in parent.__subclasses__():
        yield child
        yield from errors_below(child)


def address_of(request: HttpRequest) -> str:
    """Where this server answers."""
    return request.build_absolute_uri("/").rstrip("/")
