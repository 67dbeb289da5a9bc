"""What may stand in the query of a request, and what the answer leaves out because of it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from graph.sandbox.calendar import Property
from graph.sandbox.refusals import Refusal, bad

TOP = 10  # Graph's page of events when nobody asks for more
MOST = 999  # the contract's highest $top
_PROPERTY = re.compile(r"String \{([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\} Name (\S+)")
_TEXT = r"'((?:[^']|'')*)'"
_EXPAND = re.compile(rf"singleValueExtendedProperties\(\$filter=(id eq {_TEXT}(?: or id eq {_TEXT})*)\)")
_MARKED = re.compile(
    rf"singleValueExtendedProperties/[Aa]ny\((\w+): ?\1/id eq {_TEXT} and \1/value eq {_TEXT}\)",
)


@dataclass(frozen=True)
class Page:
    """Which part of a list is asked for."""

    top: int = TOP
    skip: int = 0


def only(query: Mapping[str, str], allowed: Collection[str]) -> None:
    """Refuses an option that Graph, or the twin, does not know here."""
    for name in query:
        if name not in allowed:
            raise bad(f"The query option '{name}' is not known here.", "ErrorInvalidUrlQuery")


def page(query: Mapping[str, str]) -> Page:
    """$top and $skip."""
    try:
        asked = Page(int(query.get("$top", TOP)), int(query.get("$skip", "0")))
    except ValueError:
        raise bad("$top and $skip are numbers.", "ErrorInvalidUrlQuery") from None
    if not (1 <= asked.top <= MOST and asked.skip >= 0):
        raise bad(f"$top goes from 1 to {MOST}, $skip from 0.", "ErrorInvalidUrlQuery")
    return asked


def next_link(url: str, query: Mapping[str, str], asked: Page) -> str:
    """Where the next page is."""
    return f"{url}?{urlencode({**query, '$top': str(asked.top), '$skip': str(asked.skip + asked.top)})}"


def select(answer: Mapping[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
    """Only what $select names, and what Graph adds by itself."""
    if "$select" not in query:
        return dict(answer)
    wanted = query["$select"].split(",")
    for name in wanted:
        if name not in answer:
            raise bad(f"Could not find a property named '{name}'.", "RequestBroker--ParseUri")
    return {name: value for name, value in answer.items() if name in wanted or name.startswith("@") or name == "id"}


def expanded(query: Mapping[str, str]) -> Sequence[str]:
    """The extended properties that are asked for: without $expand Graph shows none."""
    text = query.get("$expand")
    if text is None:
        return ()
    found = _EXPAND.fullmatch(text)
    if found is None:
        raise bad(f"The expand '{text}' is not known here.", "ErrorInvalidUrlQuery")
    return [property_id(name.replace("''", "'")) for name in re.findall(_TEXT, found[1])]


def marked_with(text: str) -> Property:
    """The one filter that the twin knows: an extended property that has a value."""
    found = _MARKED.fullmatch(text)
    if found is None:
        raise bad(f"Invalid filter clause: '{text}' is not known here.", "ErrorInvalidUrlQueryFilter")
    return Property(property_id(found[2].replace("''", "'")), found[3].replace("''", "'"))


def property_id(text: str) -> str:
    """An extended property's id, its GUID in small letters: names count capitals, GUIDs do not."""
    found = _PROPERTY.fullmatch(text)
    if found is None:
        raise _no_property(text)
    return f"String {{{found[1].lower()}}} Name {found[2]}"


def _no_property(text: str) -> Refusal:
    return bad(f"The PropertyId '{text}' is invalid.", "ErrorInvalidProperty")
