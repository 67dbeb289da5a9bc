"""What can be asked of Teams: speak, change, take back, open a chat, and who is where."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.adapter.calls import Call, Calls
from bot.domain.people import Member
from bot.errors import Transient
from bot.turn import Reference, Scope

TARGETED = {"isTargetedActivity": "true"}
PAGE = "500"  # the largest page Teams gives
PAGES = 100  # more than the largest team has; stops a token that never ends

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TeamDetails:
    """A Teams team as Teams describes it. `group_id` is its Entra group."""

    id: str
    name: str
    group_id: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a meeting, and their role there as Teams words it ("Organizer", "Presenter", "Attendee")."""

    member: Member
    role: str | None
    in_meeting: bool


class Connector:
    """Teams' connector. Every method may raise any ConnectorError, and NetworkInsideUnit while a unit is open."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def send(self, to: Reference, body: Body) -> str | None:
        """Say something in a conversation; its id, where Teams gives one."""
        return _id(await self._calls.make(_activity("POST", to, (), body)))

    async def reply(self, to: Reference, activity_id: str, body: Body) -> str | None:
        """Say something in answer to an activity: in a channel, in its thread."""
        return _id(await self._calls.make(_activity("POST", to, (activity_id,), body)))

    async def update(self, to: Reference, activity_id: str, body: Body) -> None:
        """Put something else in a message's place."""
        await self._calls.make(_activity("PUT", to, (activity_id,), body))

    async def delete(self, to: Reference, activity_id: str) -> None:
        """Take a message back."""
        await self._calls.make(_activity("DELETE", to, (activity_id,)))

    async def send_targeted(self, to: Reference, channel_user_id: str, body: Body) -> str | None:
        """Say something in a group that one person sees, for 24 hours. Not for the Playground: it shows all."""
        targeted = {**body, "recipient": {"id": channel_user_id, "isTargeted": True}}
        return _id(await self._calls.make(replace(_activity("POST", to, (), targeted), query=TARGETED)))

    async def update_targeted(self, to: Reference, activity_id: str, body: Body) -> None:
        """Change a targeted message; NotFound after 24 hours."""
        await self._calls.make(replace(_activity("PUT", to, (activity_id,), _unaddressed(body)), query=TARGETED))

    async def delete_targeted(self, to: Reference, activity_id: str) -> None:
        """Take a targeted message back; NotFound after 24 hours."""
        await self._calls.make(replace(_activity("DELETE", to, (activity_id,)), query=TARGETED))

    async def create_conversation(self, near: Reference, channel_user_id: str) -> Reference:
        """The 1:1 chat with somebody met in the conversation `near`; opened if it is not there yet."""
        body = {
            "isGroup": False,
            "bot": {"id": near.bot_id, "name": near.bot_name},
            "members": [{"id": channel_user_id}],
            "tenantId": near.tenant,
            "channelData": {"tenant": {"id": near.tenant}},
        }
        found = _id(await self._calls.make(Call("POST", near.service_url, ("v3", "conversations"), body=body)))
        if not found:
            raise Transient("Teams opened a chat and did not say which")
        return replace(near, conversation=found, scope=Scope.PERSONAL)

    async def members(self, reference: Reference) -> Sequence[Member]:
        """Everybody in a conversation, or in a team when its id is given as conversation: all pages."""
        rows = [row async for page in self._pages(reference) for row in _list(page.get("members") or [])]
        return [member for row in rows if (member := _member(row, reference.tenant))]

    async def member(self, reference: Reference, channel_user_id: str) -> Member:
        """One person in a conversation; an Entra object id works too. Raises NotFound for nobody."""
        path = (*_conversation(reference), "members", channel_user_id)
        return _one(await self._calls.make(Call("GET", reference.service_url, path)), reference.tenant)

    async def address(self, reference: Reference, channel_user_id: str) -> str | None:
        """How Teams addresses somebody in a conversation: the name they sign in with; None where it does not say."""
        path = (*_conversation(reference), "members", channel_user_id)
        found = _object(await self._calls.make(Call("GET", reference.service_url, path)))
        return _text(found.get("userPrincipalName")) or _text(found.get("email"))

    async def team(self, reference: Reference, team_id: str) -> TeamDetails:
        """A team's name and Entra group."""
        found = _object(await self._calls.make(Call("GET", reference.service_url, ("v3", "teams", team_id))))
        group_id = _text(found.get("aadGroupId"))
        return TeamDetails(_text(found.get("id")) or team_id, _text(found.get("name")) or "", group_id)

    async def participant(self, reference: Reference, meeting_id: str, user_id: str) -> Participant:
        """Somebody's part in a meeting (`meeting_id` from channelData), by Entra object id."""
        path = ("v1", "meetings", meeting_id, "participants", user_id)
        call = Call("GET", reference.service_url, path, query={"tenantId": reference.tenant})
        found = _object(await self._calls.make(call))
        meeting = _object(found.get("meeting") or {})
        member = _one(found.get("user"), reference.tenant)
        return Participant(member, _text(meeting.get("role")), meeting.get("inMeeting") is True)

    async def _pages(self, reference: Reference) -> AsyncIterator[dict[str, Any]]:
        query = {"pageSize": PAGE}
        path = (*_conversation(reference), "pagedmembers")
        for _ in range(PAGES):
            page = _object(await self._calls.make(Call("GET", reference.service_url, path, query=query)))
            yield page
            if not page.get("continuationToken"):
                return
            query = {"pageSize": PAGE, "continuationToken": str(page["continuationToken"])}
        raise Transient("the member list does not end")


def _activity(method: str, to: Reference, more: tuple[str, ...], body: Body | None = None) -> Call:
    path = ("v3", "conversations", to.conversation, "activities", *more)
    if body is not None:
        bot = {"id": to.bot_id, "name": to.bot_name}
        body = {"from": bot, "conversation": {"id": to.conversation, "tenantId": to.tenant}, **body}
    return Call(method, to.service_url, path, body=body)


def _conversation(reference: Reference) -> tuple[str, ...]:
    """A roster belongs to the whole conversation, never to one thread in it."""
    return ("v3", "conversations", reference.conversation.partition(";")[0])


def _unaddressed(body: Body) -> Body:
    """Teams answers 400 when the update of a targeted message names its recipient."""
    return {key: value for key, value in body.items() if key != "recipient"}


def _object(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise Transient("Teams answered something else than asked")
    return answer


def _id(answer: Any) -> str | None:
    return _text(answer.get("id")) if isinstance(answer, dict) else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _list(answer: Any) -> list[Any]:
    if not isinstance(answer, list):
        raise Transient("Teams answered something else than asked")
    return answer


def _one(answer: Any, tenant: str) -> Member:
    member = _member(answer, tenant)
    if member is None:
        raise Transient("Teams answered something else than asked")
    return member


def _member(row: Any, tenant: str) -> Member | None:
    """A line of a roster, None for what is none; `objectId` is what Teams' older calls name `aadObjectId`."""
    channel_user_id = _text(row.get("id")) if isinstance(row, dict) else None
    if channel_user_id is None:
        return None
    user_id = _text(row.get("aadObjectId")) or _text(row.get("objectId"))
    role = str(row.get("userRole") or row.get("role") or "").lower()
    home = str(row.get("tenantId") or tenant)
    return Member(
        channel_user_id=channel_user_id,
        user_id=user_id.lower() if user_id else None,
        name=_text(row.get("name")) or _text(row.get("givenName")) or "",
        guest=role in ("guest", "anonymous") or home.lower() != tenant.lower(),
    )
