"""Graph's contract, where it stands beside this checkout: complains about a request or an answer that breaks it."""

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from tests.stack import ROOT

SLICE = ROOT.parent / "shared" / "reference" / "graph-openapi-slice.json"
HOST, BASE = "https://graph.microsoft.com", "/v1.0"


@dataclass
class Request:
    """What was asked of Graph, as openapi-core reads it. `path` stands below the base."""

    method: str  # in small letters, as the description has it
    raw_path: str
    query: Iterable[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    parameters: RequestParameters = field(init=False)
    host_url = HOST

    def __post_init__(self) -> None:
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(list(self.query)), header=Headers(dict(self.headers))
        )

    @property
    def path(self) -> str:
        return BASE + self.raw_path

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "")


@dataclass
class Answer:
    """What Graph answered, as openapi-core reads it."""

    status_code: int
    data: bytes | None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


class Contract:
    """The slice of Graph's OpenAPI description. What it cannot say itself is added here: no query it does not know."""

    def __init__(self, description: dict[str, Any]) -> None:
        self._description = description
        # Whether the description itself is right takes 14 s to check and is not ours to say.
        self._checker = OpenAPI.from_dict(description, Config(spec_validator_cls=None))

    def complaints(self, request: Request) -> list[str]:
        """What is wrong with a request."""
        try:
            self._checker.validate_request(request)
        except OpenAPIError as error:
            return [_worded(error)]
        return self._unknown_queries(request)

    def answer_complaints(self, request: Request, answer: Answer) -> list[str]:
        """What is wrong with an answer to it."""
        try:
            self._checker.validate_response(request, answer)
        except OpenAPIError as error:
            return [_worded(error)]
        return []

    def _unknown_queries(self, request: Request) -> list[str]:
        operation = self._operation(request)
        known = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"}
        asked = dict(request.query)
        wrong = [f"{name} is no parameter of it" for name in asked if name not in known]
        selected = asked.get("$select", "")
        fields = self._fields(operation)
        return wrong + [
            f"{name} is nothing to select" for name in filter(None, selected.split(",")) if name not in fields
        ]

    def _operation(self, request: Request) -> dict[str, Any]:
        parts = request.raw_path.split("/")
        for path, item in self._description["paths"].items():
            pattern = path.split("/")
            same = len(pattern) == len(parts) and all(
                a == b or a.startswith("{") for a, b in zip(pattern, parts, strict=True)
            )
            if same and request.method in item:
                return item[request.method]
        raise AssertionError(request.raw_path)

    def _fields(self, operation: dict[str, Any]) -> set[str]:
        content = operation["responses"].get("200", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        rows = schema.get("properties", {}).get("value", {}).get("items", schema)
        return {name for found in rows.get("anyOf", [rows]) for name in self._resolved(found).get("properties", {})}

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in schema:
            return schema
        return self._description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]


@functools.cache
def contract() -> Contract:
    """Graph's contract. Skips the test that asks where it is not beside this checkout."""
    if not SLICE.exists():
        pytest.skip(f"{SLICE.name} is not beside this checkout")
    return Contract(json.loads(SLICE.read_text("utf-8")))


def _worded(error: Exception) -> str:
    causes = []
    found: BaseException | None = error
    while found:
        told = [one.message[:300] for one in getattr(found, "schema_errors", ())]
        causes.append("; ".join(told) or str(found)[:300])
        found = found.__cause__
    return " < ".join(causes)
