"""From an activity to a turn: what Teams says, in our own words."""

import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from botbuilder.schema import Activity

from bot.adapter.connector import Connector
from bot.adapter.mentions import mentions_of, text_of
from bot.domain.people import TeamKind
from bot.errors import Blocked, NotFound, Refused
from bot.services.clock import Clock
from bot.turn import Actor, Event, EventKind, Press, Reference, Scope, Turn, TurnKey

_LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_SHARED = "19:"  # how the ids of group chats, meetings and channels begin; the bot's own chats begin with "a:"
_GROUPS = ("team", "channel", "meeting")  # what channelData holds of them
OUTSIDERS = ("guest", "anonymous")
# What Teams tells of a whole team (Teams' conversation events, `channelData.eventType`).
_OF_TEAM = {
    "teamRenamed": EventKind.RENAMED,
    "teamArchived": EventKind.ARCHIVED,
    "teamUnarchived": EventKind.RESTORED,
    "teamRestored": EventKind.RESTORED,
    "teamDeleted": EventKind.REMOVED,
    "teamHardDeleted": EventKind.GONE,
}
_EVENTS = ("conversationUpdate", "installationUpdate")
_ZONES = frozenset(zoneinfo.available_timezones())  # reads the disk: once, before anybody waits


def tenant_of(activity: Activity) -> str | None:
    """The tenant that the conversation belongs to, in lower case: Entra's ids compare that way."""
    found = _text(activity.conversation.tenant_id or dig(activity.channel_data, "tenant", "id"))
    return found.lower() if found else None


def turn_of(activity: Activity, reference: Reference, fingerprint: str, clock: Clock, *, files: bool) -> Turn:
    """The turn an admitted activity is; an invoke's press is not in it yet.

    `reference` is where it came from, `fingerprint` its id where Teams gave none; `files`: one can be offered there.
    """
    key = TurnKey(reference.tenant, reference.conversation.partition(";")[0], activity.id or fingerprint)
    team_id, team_name, kind = _team(activity, reference.scope)
    return Turn(
        key=key,
        time=_utc(activity.timestamp) or clock.now(),
        actor=_actor(activity, reference.tenant),
        scope=reference.scope,
        reference=reference,
        text=text_of(activity),
        mentions=mentions_of(activity),
        press=press_of(activity) if activity.type == "message" else None,
        event=event_of(activity) if activity.type in _EVENTS else None,
        attachments=sum(not str(file.content_type).startswith("text/") for file in activity.attachments or ()),
        private=activity.recipient.additional_properties.get("isTargeted") is True,
        files=files,
        locale=activity.locale if activity.locale and _LOCALE.fullmatch(activity.locale) else None,
        zone=activity.local_timezone if activity.local_timezone in _ZONES else None,
        team_id=team_id,
        team_name=team_name,
        team_kind=kind,
    )


def press_of(activity: Activity) -> Press | None:
    """The button that a message is: an Action.Submit, which clients send that know no Action.Execute."""
    data = activity.value
    if not isinstance(data, dict) or (activity.text and not isinstance(data.get("verb"), str)):
        return None
    verb = data.get("verb")
    return Press(verb if isinstance(verb, str) else "", data, activity.reply_to_id)


def event_of(activity: Activity) -> Event:
    """What happened around us, from an activity that nobody wrote."""
    if activity.type == "installationUpdate":
        return Event({"add": EventKind.ADDED, "remove": EventKind.REMOVED}.get(activity.action, EventKind.OTHER))
    said = _text(dig(activity.channel_data, "eventType")) or ""
    if said in _OF_TEAM:
        return Event(_OF_TEAM[said])
    added, removed = _ids(activity.members_added), _ids(activity.members_removed)
    # Who leaves a private channel, bot or person, is still in the team.
    in_channel = said.startswith("channel")
    if activity.recipient.id in added | removed and not in_channel:
        return Event(EventKind.ADDED if activity.recipient.id in added else EventKind.REMOVED)
    if not added | removed:
        return Event(EventKind.OTHER)
    left = () if in_channel else tuple(_who(account) for account in activity.members_removed or ())
    return Event(EventKind.MEMBERS, left)


def reference_of(activity: Activity) -> Reference:
    """How to speak where an activity came from."""
    return Reference(
        tenant=tenant_of(activity) or "",
        conversation=activity.conversation.id,
        service_url=activity.service_url,
        channel=activity.channel_id,
        bot_id=activity.recipient.id,
        bot_name=activity.recipient.name or "",
        scope=scope_of(activity),
    )


async def with_user_id(turn: Turn, connector: Connector) -> Turn:
    """The turn with the asker's user id from the roster, where Teams left it out (some clients do).

    Guests are not looked for, anonymous people stay without. Raises ConnectorError when Teams cannot be asked now.
    """
    actor = turn.actor
    if actor.user_id or actor.guest or not actor.channel_user_id:
        return turn
    try:
        member = await connector.member(turn.reference, actor.channel_user_id)
    except (NotFound, Blocked, Refused):
        return turn
    return replace(turn, actor=replace(actor, user_id=member.user_id, guest=actor.guest or member.guest))


def scope_of(activity: Activity) -> Scope:
    """Where it was said. What we do not know is a group: there, answers are private."""
    if _is_alone(activity):
        return Scope.PERSONAL
    if dig(activity.channel_data, "meeting", "id"):
        return Scope.MEETING
    return Scope.CHANNEL if activity.conversation.conversation_type == "channel" else Scope.GROUP


def _is_alone(activity: Activity) -> bool:
    """Whether nobody but the asker can read along; without a type, only when nothing speaks against it."""
    conversation = activity.conversation
    if conversation.id.startswith(_SHARED):
        return False
    if conversation.conversation_type:
        return bool(conversation.conversation_type == "personal")
    return not conversation.is_group and not any(dig(activity.channel_data, part) for part in _GROUPS)


def dig(data: Any, *path: str) -> Any:
    """What lies at a path in nested objects, None where there is nothing."""
    for name in path:
        data = data.get(name) if isinstance(data, Mapping) else None
    return data


def _actor(activity: Activity, tenant: str) -> Actor:
    person = activity.from_property
    if person is None:
        return Actor(tenant, None, "", "")
    home = (_text(person.additional_properties.get("tenantId")) or tenant).lower()
    outsider = person.additional_properties.get("userRole") in OUTSIDERS
    return Actor(
        tenant=home,
        user_id=person.aad_object_id.lower() if person.aad_object_id else None,
        channel_user_id=person.id or "",
        name=person.name or "",
        guest=outsider or home != tenant,
    )


def _team(activity: Activity, scope: Scope) -> tuple[str | None, str | None, TeamKind | None]:
    if scope is Scope.PERSONAL:
        return None, None, None
    if activity.conversation.conversation_type == "channel":
        team_id, name = (_text(dig(activity.channel_data, "team", part)) for part in ("id", "name"))
        return (team_id, name, TeamKind.TEAM) if team_id else (None, None, None)
    return activity.conversation.id.partition(";")[0], activity.conversation.name, TeamKind.CHAT


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _who(account: Any) -> str:
    """Somebody's user id, the channel's own where Teams does not say it."""
    return account.aad_object_id.lower() if account.aad_object_id else str(account.id)


def _ids(accounts: Any) -> set[str]:
    return {account.id for account in accounts or ()}


def _utc(moment: datetime | None) -> datetime | None:
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC) if moment else None
    except OverflowError:  # the year 1 in a zone east of Greenwich: a client's way to say "no time"
        return None
