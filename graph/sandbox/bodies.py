"""Bodies of requests, taken as strictly as Graph takes them: an unknown or mistyped property is refused."""

import json
from collections.abc import Mapping
from typing import Any, Self

from aiohttp import web
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from graph.sandbox.refusals import bad


class Body(BaseModel):
    """A JSON object in Graph's spelling. `@odata.` annotations, which SDKs add, say nothing and are left out."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True, populate_by_name=True)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Refuses whatever does not fit."""
        try:
            return cls.model_validate_json(json.dumps(_bare(told)), strict=True, by_alias=True, by_name=False)
        except ValidationError as error:
            first = error.errors()[0]
            where = "/".join(str(part) for part in first["loc"])
            raise bad(f"{first['msg']} at '{where}'.", "UnableToDeserializePostBody") from None


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _bare(part) for name, part in value.items() if "@odata." not in name}
    return [_bare(part) for part in value] if isinstance(value, list) else value


async def json_object(request: web.Request) -> dict[str, Any]:
    """The body as a JSON object."""
    if request.content_type != "application/json":
        raise bad("A Content-Type of application/json is needed to read the body.")
    try:
        told = json.loads(await request.read())
    except ValueError:
        raise bad("Unable to read JSON request payload.") from None
    if not isinstance(told, dict):
        raise bad("The body is no JSON object.")
    return told


async def no_body(request: web.Request) -> None:
    """Refuses a body that says something."""
    if (await request.read()).strip() not in {b"", b"{}"}:
        raise bad("This action takes no parameters.")
