"""Graph's presence paths."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

from aiohttp import web

from graph.sandbox import odata, presence, times
from graph.sandbox.bodies import Body, json_object, no_body
from graph.sandbox.calendar import in_meeting
from graph.sandbox.event_body import When
from graph.sandbox.presence import Status
from graph.sandbox.refusals import bad
from graph.sandbox.twin import Twin
from graph.sandbox.world import Holdings

READ, READ_ALL = "Presence.ReadWrite", "Presence.Read.All"
LONGEST_STATUS = 280  # characters: what Teams' own field takes; Graph's limit is not documented
ROOT = "/v1.0/users/{user}/presence"


class Preference(Body):
    availability: str
    activity: str
    expiration_duration: str | None = None

    def lasts(self) -> timedelta | None:
        return None if self.expiration_duration is None else times.duration(self.expiration_duration)


class Message(Body):
    content: str
    content_type: Literal["text"]  # "the only supported format" (presenceStatusMessage)


class StatusMessage(Body):
    message: Message
    expiry_date_time: When | None = None


class Said(Body):
    status_message: StatusMessage


class PresencePaths:
    """`/users/{id}/presence` and what can be done to it."""

    def __init__(self, twin: Twin) -> None:
        self._twin = twin

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(ROOT, self.read),
            web.post(f"{ROOT}/setUserPreferredPresence", self.prefer),
            web.post(f"{ROOT}/clearUserPreferredPresence", self.clear),
            web.post(f"{ROOT}/setStatusMessage", self.say),
        ]

    async def read(self, request: web.Request) -> web.Response:
        odata.only(request.query, {"$select"})
        user_id, scopes = self._twin.bearer(request)
        own = self._twin.named(request).person.user_id == user_id
        one = self._twin.named(request) if not own and READ_ALL in scopes else self._twin.owner(request, READ)
        return web.json_response(odata.select(self._presence(one, own=own), request.query))

    async def prefer(self, request: web.Request) -> web.Response:
        one = self._twin.owner(request, READ)
        told = Preference.read(await json_object(request))
        if presence.PREFERRED.get(told.availability) != told.activity:
            raise bad(f"'{told.availability}' with '{told.activity}' cannot be preferred.")
        after = presence.prefer(one.presence, told.availability, self._twin.now(), told.lasts())
        self._twin.keep(replace(one, presence=after))
        return web.Response()

    async def clear(self, request: web.Request) -> web.Response:
        one = self._twin.owner(request, READ)
        await no_body(request)
        self._twin.keep(replace(one, presence=replace(one.presence, preferred=None)))
        return web.Response()

    async def say(self, request: web.Request) -> web.Response:
        one = self._twin.owner(request, READ)
        told = Said.read(await json_object(request)).status_message
        if len(told.message.content) > LONGEST_STATUS:
            raise bad(f"A status message has at most {LONGEST_STATUS} characters.")
        now = self._twin.now()
        until = told.expiry_date_time.moment() if told.expiry_date_time else None
        if until is not None and until <= now:
            raise bad("expiryDateTime is in the past.")  # what Graph does is not documented
        self._twin.keep(replace(one, presence=presence.say(one.presence, told.message.content, now, until)))
        return web.Response()

    def _presence(self, one: Holdings, *, own: bool) -> dict[str, Any]:
        now = self._twin.now()
        seen = presence.seen(one.presence, now, in_meeting=in_meeting(one.events, now))
        status = presence.status_at(one.presence, now)
        return {
            "id": one.person.user_id,
            "availability": seen.availability,
            "activity": seen.activity,
            "statusMessage": None if status is None else _status(status, own=own),
            "outOfOfficeSettings": {"message": None, "isOutOfOffice": False},
            "sequenceNumber": f"A{one.presence_version:010}",
        }


def _status(status: Status, *, own: bool) -> dict[str, Any]:
    """Another person's expiry and publication are not shown (presenceStatusMessage)."""
    message = {"message": {"content": status.text, "contentType": "text"}}
    if not own:
        return message
    until = {"expiryDateTime": times.date_time_json(status.until)} if status.until else {}
    return {**message, "publishedDateTime": times.stamp(status.published), **until}
