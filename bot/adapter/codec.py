"""Activities in and out: checked against botbuilder's schema, nothing lost on the way.

botbuilder's own serialiser reads wrong types silently, forgets `conversation.tenantId` (its map says `tenantID`) and
drops unknown fields on the way out (design, section 5); this one does not.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import orjson
from botbuilder import schema
from botbuilder.schema import Activity
from msrest.serialization import Model

from bot.adapter.refusals import Malformed

Read = Callable[[Any], Any]

# The wire's name where botbuilder's map has another.
_WIRE = {"tenantID": "tenantId"}
_LONGEST_ID = 1000  # characters; Teams' own ids stay far below
_NEEDED = ("type", "channel_id", "service_url")


def decode_activity(value: Any) -> Activity:
    """An activity from JSON values; unknown fields stay in `additional_properties`.

    Raises Malformed for a wrong type anywhere botbuilder's schema knows one, and for what every activity needs.
    """
    activity = _model(Activity)(value)
    for name in _NEEDED:
        if not getattr(activity, name):
            raise Malformed(f"{name} is missing")
    if activity.channel_data is not None and not isinstance(activity.channel_data, dict):
        raise Malformed("channelData is not an object")
    if not (activity.conversation and activity.conversation.id):
        raise Malformed("the conversation is missing")
    if not (activity.recipient and activity.recipient.id):
        raise Malformed("the recipient is missing")
    if activity.type in ("message", "invoke") and not (activity.from_property and activity.from_property.id):
        raise Malformed("the sender is missing")
    if activity.type == "invoke" and not activity.name:
        raise Malformed("the invoke has no name")
    ids = (
        activity.id,
        *(part.id for part in (activity.conversation, activity.recipient, activity.from_property) if part),
    )
    if any(len(found or "") > _LONGEST_ID for found in ids):
        raise Malformed("an id is too long")
    return activity


def activity_of(body: Mapping[str, Any]) -> Activity:
    """An activity of our own making, for botbuilder's `TurnContext`."""
    return _model(Activity)(dict(body))


def dumps(value: Any) -> bytes:
    """JSON of plain values and of botbuilder's models among them. Raises TypeError for anything else."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_UTC_Z)


def fields(model: Any) -> dict[str, Any]:
    """A model's fields by their names on the wire, additional ones included; empty ones are left out."""
    names = _names(model.__class__)
    more = model.additional_properties
    known = {names[name]: item for name, item in model.__dict__.items() if item is not None and name in names}
    return {**{key: item for key, item in more.items() if item is not None}, **known} if more else known


def _plain(value: Any) -> Any:
    """What orjson does not know by itself."""
    if isinstance(value, Model):
        return fields(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


@cache
def _names(model: Any) -> Mapping[str, str]:
    """A model's attributes, and their names on the wire."""
    return {name: wire for name, wire, _ in _map(model)}


@cache
def _map(model: Any) -> tuple[tuple[str, str, str], ...]:
    """A model's (attribute, name on the wire, type)."""
    rows = ((name, row["key"], row["type"]) for name, row in model._attribute_map.items())  # noqa: SLF001 - msrest's own table
    return tuple((name, _WIRE.get(key, key), kind) for name, key, kind in rows if name != "additional_properties")


@cache
def _model(model: Any) -> Read:
    readers = {wire: (name, _reader(kind)) for name, wire, kind in _map(model)}
    empty: dict[str, Any] = {name: None for name, _, _ in _map(model)}

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Malformed(f"{model.__name__} is not an object")
        known = empty.copy()
        more = known["additional_properties"] = {}
        for wire, item in value.items():
            if wire not in readers:
                more[wire] = item
            elif item is not None:
                name, reader = readers[wire]
                known[name] = reader(item)
        found = model.__new__(model)  # msrest's own constructor takes longer than all the rest of this
        found.__dict__ = known
        return found

    return read


def _reader(kind: str) -> Read:
    """How a type of msrest's table is read; models are looked up late, for some hold themselves."""
    if kind.startswith("[") and kind != "[object]":
        return _list(_reader(kind[1:-1]))
    if kind in _PLAIN:
        return _PLAIN[kind]
    model = getattr(schema, kind, None)
    return _late(model) if model else _anything


def _late(model: Any) -> Read:
    def read(value: Any) -> Any:
        return _model(model)(value)

    return read


def _anything(value: Any) -> Any:
    return value


def _list(item: Read) -> Read:
    def read(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise Malformed("a list is something else")
        return [item(element) for element in value]

    return read


def _exactly(kind: type[Any]) -> Read:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise Malformed(f"a {kind.__name__} is something else")
        return value

    return read


def _moment(value: Any) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Malformed("a moment is something else") from None


_PLAIN: dict[str, Read] = {"str": _exactly(str), "bool": _exactly(bool), "iso-8601": _moment, "object": _anything}
