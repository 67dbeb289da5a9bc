"""Text as a person meant it: without the bot's own mention, without mark-up, people's names kept."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from botbuilder.schema import Activity

from bot.turn import Mention

_TAG = re.compile(r"</?at\b[^<>]*>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")


def text_of(activity: Activity) -> str:
    """The text, with exactly the bot's own mention removed once. botbuilder's own removes the name everywhere."""
    text = activity.text or ""
    own = next((tag for person, tag in _mentioned(activity) if person.get("id") == activity.recipient.id and tag), None)
    if own:
        text = text.replace(own, " ", 1)
    plain = html.unescape(_TAG.sub("", text))
    return _SPACES.sub(" ", plain).strip()


def mentions_of(activity: Activity) -> tuple[Mention, ...]:
    """The people mentioned, each once, in order; never the bot."""
    people = {
        str(person["id"]): Mention(str(person["id"]), str(person.get("name") or ""))
        for person, _ in _mentioned(activity)
        if person.get("id") and person["id"] != activity.recipient.id
    }
    return tuple(people.values())


def _mentioned(activity: Activity) -> Sequence[tuple[Mapping[str, Any], str]]:
    found = []
    for entity in activity.entities or ():
        more = entity.additional_properties
        person, tag = more.get("mentioned"), more.get("text")
        if str(entity.type).lower() == "mention" and isinstance(person, dict):
            found.append((person, tag if isinstance(tag, str) else ""))
    return found
