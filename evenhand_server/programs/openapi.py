"""The API's own description (OpenAPI): what every operation has in common is said here once and for all of them."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from evenhand_server.programs.problems import MEDIA_TYPE, Problem, answer_problems

KEY_HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
KEY_PATTERN = r"^[\x21-\x7e]{1,100}$"
REFERENCE = "#/components/schemas/{model}"
KEEPS_NOTHING = "x-keeps-nothing"
MAY_BE_MISSING = "x-may-be-missing"
WRITES = {"post", "put", "delete"}
KEY = {
    "in": "header",
    "name": KEY_HEADER,
    "required": False,
    "schema": {"type": "string", "pattern": KEY_PATTERN, "minLength": 1, "maxLength": 100},
    "description": "A word of your choice for this one write. Sent again with the same key it is not done again: you "
    "get what it made, with the header Idempotency-Replayed: true.",
}
REPLAYED = {
    REPLAYED_HEADER: {
        "schema": {"type": "string", "enum": ["true"]},
        "description": "This was done before, under this Idempotency-Key.",
    }
}
SENTENCES = {
    400: "The body is no JSON.",
    401: "There is no token, or it opens nothing any more.",
    403: "The role in which this token acts does not include this, or it is the person's own.",
    404: "There is nothing by this id, or nothing that this token may see.",
    405: "This address does not know this method.",
    409: "This may not happen now; the code says why.",
    413: "The body is larger than any request here needs.",
    422: "Some of what was sent cannot be used; “errors” says which fields and why.",
    429: "That was too often; Retry-After says in how many seconds to try again.",
    500: "Our own fault; nothing was done.",
}


class Api(NinjaAPI):
    """An API that answers problems and completes its own description."""

    described: OpenAPISchema | None = None

    def set_default_exception_handlers(self) -> None:
        """Ours instead of the framework's."""
        answer_problems(self)

    def get_openapi_schema(self, **how: Any) -> OpenAPISchema:
        """The description, completed; made once, since it never changes while the server runs."""
        if self.described is None:
            self.described = self.make_description(**how)
        return self.described

    def make_description(self, **how: Any) -> OpenAPISchema:
        """The framework's description with what every operation has in common."""
        schema = super().get_openapi_schema(**how)
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema(ref_template=REFERENCE)
        schema["components"]["schemas"] |= schema["components"]["schemas"]["Problem"].pop("$defs")
        for method, operation in operations_of(schema):
            complete(method, operation)
        return schema


def operations_of(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every operation with its method."""
    return [each for methods in schema["paths"].values() for each in methods.items()]


def complete(method: str, operation: dict[str, Any]) -> None:
    """Add to one operation the idempotency key and the problems it may answer."""
    responses = {str(status): answer for status, answer in operation["responses"].items()}
    operation["responses"] = responses
    if is_write(method, operation):
        operation["parameters"].append(KEY)
        for response in responses.values():
            response["headers"] = REPLAYED
    for status in problems_of(method, operation):
        content = {MEDIA_TYPE: {"schema": {"$ref": REFERENCE.format(model="Problem")}}}
        responses[str(status)] = {"description": SENTENCES[status], "content": content}


def is_write(method: str, operation: dict[str, Any]) -> bool:
    """Something is kept of it; a POST that only answers says that it keeps nothing."""
    return method in WRITES and not operation.get(KEEPS_NOTHING)


def problems_of(method: str, operation: dict[str, Any]) -> list[int]:
    """Which problems an operation may answer, by what it takes and does."""
    takes = {one["in"] for one in operation["parameters"]}
    found = {405, 500}
    found |= {401, 403} if "security" in operation else set()
    found |= {400, 413} if "requestBody" in operation else set()
    found |= {404} if "path" in takes or operation.get(MAY_BE_MISSING) else set()
    found |= {422} if takes - {"path"} or "requestBody" in operation else set()
    found |= {404, 409, 422} if is_write(method, operation) else set()
    found |= {429} if method in WRITES else set()
    return sorted(found)
