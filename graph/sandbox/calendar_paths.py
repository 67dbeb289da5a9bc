"""Graph's calendar paths."""

import re
import secrets
from http import HTTPStatus

from aiohttp import web

from graph.sandbox import calendar, event_body, event_json, odata, times
from graph.sandbox.bodies import json_object
from graph.sandbox.calendar import Attendee, Event
from graph.sandbox.refusals import Refusal, bad, missing
from graph.sandbox.twin import Twin
from graph.sandbox.world import Holdings

SCOPE = "Calendars.ReadWrite"
EVENTS = "/v1.0/users/{user}/events"
EVENT = EVENTS + "/{event}"
VIEW = "/v1.0/users/{user}/calendarView"
LIST = frozenset({"$select", "$expand", "$top", "$skip"})
LONGEST_VIEW = 1825  # days, as Outlook's own view
_ZONE = re.compile(r'outlook\.timezone="([^"]+)"')


class CalendarPaths:
    """`/users/{id}/events` and `/users/{id}/calendarView`."""

    def __init__(self, twin: Twin) -> None:
        self._twin = twin

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(EVENTS, self.found),
            web.post(EVENTS, self.create),
            web.get(EVENT, self.read),
            web.patch(EVENT, self.change),
            web.delete(EVENT, self.delete),
            web.get(VIEW, self.view),
        ]

    async def view(self, request: web.Request) -> web.Response:
        one = self._twin.owner(request, SCOPE)
        odata.only(request.query, LIST | {"startDateTime", "endDateTime", "$orderby"})
        try:
            start, end = (times.bound(request.query[name]) for name in ("startDateTime", "endDateTime"))
        except KeyError:
            raise bad("This request requires a time window.", "ErrorInvalidParameter") from None
        if not start <= end or (end - start).days > LONGEST_VIEW:
            raise bad("The view ends before it starts, or is too long.", "ErrorInvalidParameter")
        if request.query.get("$orderby", "start/dateTime") != "start/dateTime":
            raise bad("The twin knows $orderby=start/dateTime only.", "ErrorInvalidUrlQuery")
        return _page(request, calendar.view(one.events, start, end))

    async def found(self, request: web.Request) -> web.Response:
        one = self._twin.owner(request, SCOPE)
        odata.only(request.query, LIST | {"$filter"})
        text = request.query.get("$filter")
        events = list(one.events) if text is None else calendar.marked(one.events, odata.marked_with(text))
        return _page(request, events)

    async def create(self, request: web.Request) -> web.Response:
        one = self._twin.owner(request, SCOPE)
        odata.only(request.query, ())
        organizer = Attendee(one.person.name, one.person.address)
        draft = event_body.draft(await json_object(request), new_id(), organizer, self._twin.now())
        try:
            event = calendar.made_by(one.events, draft.transaction_id, draft.asked)
        except calendar.Reused:
            message = "The TransactionId specified in the request has already been used to create a different event."
            raise Refusal(HTTPStatus.CONFLICT, "ErrorDuplicateTransactionId", message) from None
        if event is None:
            event = draft
            self._twin.keep(one.with_event(event))
        return _answer(request, event, HTTPStatus.CREATED)

    async def read(self, request: web.Request) -> web.Response:
        one = self._twin.owner(request, SCOPE)
        odata.only(request.query, {"$select", "$expand"})
        return _answer(request, _event(one, request))

    async def change(self, request: web.Request) -> web.Response:
        one = self._twin.owner(request, SCOPE)
        odata.only(request.query, ())
        event = event_body.changed(_event(one, request), await json_object(request), self._twin.now())
        self._twin.keep(one.with_event(event))
        return _answer(request, event)

    async def delete(self, request: web.Request) -> web.Response:
        one = self._twin.owner(request, SCOPE)
        self._twin.keep(one.without(_event(one, request).id))
        return web.Response(status=HTTPStatus.NO_CONTENT)


def new_id() -> str:
    """As long as Outlook's own, with what they end in."""
    return f"AAMkA{secrets.token_urlsafe(108)}AAA="


def _event(one: Holdings, request: web.Request) -> Event:
    event = one.event(request.match_info["event"])
    if event is None:
        raise missing()
    return event


def _answer(request: web.Request, event: Event, status: int = HTTPStatus.OK) -> web.Response:
    body = event_json.event_json(event, _zone(request), odata.expanded(request.query))
    kept = {"singleValueExtendedProperties"} & body.keys()
    shown = odata.select(body, request.query) | {name: body[name] for name in kept}
    return web.json_response(shown, status=status)


def _page(request: web.Request, events: list[Event]) -> web.Response:
    asked, zone, expand = odata.page(request.query), _zone(request), odata.expanded(request.query)
    shown = []
    for event in events[asked.skip : asked.skip + asked.top]:
        body = event_json.event_json(event, zone, expand)
        kept = {"singleValueExtendedProperties"} & body.keys()
        shown.append(odata.select(body, request.query) | {name: body[name] for name in kept})
    answer: dict[str, object] = {"value": shown}
    if len(events) > asked.skip + asked.top:
        answer["@odata.nextLink"] = odata.next_link(str(request.url.origin()) + request.path, request.query, asked)
    return web.json_response(answer)


def _zone(request: web.Request) -> str:
    found = _ZONE.search(request.headers.get("Prefer", ""))
    name = found[1] if found else "UTC"
    times.zone(name)  # refuses an unknown one even where there is no event to show in it
    return name
