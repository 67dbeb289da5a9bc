"""The twin's own paths, below /_twin: what people do, what goes wrong, the clock, the journal, the world."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any

from aiohttp import web
from pydantic import Field, ValidationError

from graph.sandbox import acts
from graph.sandbox.bodies import Body, json_object
from graph.sandbox.faults import FaultBody
from graph.sandbox.refusals import bad, missing
from graph.sandbox.snapshot import snapshot
from graph.sandbox.times import stamp
from graph.sandbox.twin import Twin


class Forward(Body):
    """How far the twin's clock goes forward; never back, or tokens and sessions would live twice."""

    seconds: Annotated[float, Field(ge=0, le=366 * 24 * 3600)]


class TwinPaths:
    """For tests and for the page; nothing of this exists in Microsoft's Graph."""

    def __init__(self, twin: Twin) -> None:
        self._twin = twin

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/_twin/world", self.world),
            web.post("/_twin/people/{user}/acts", self.act),
            web.get("/_twin/faults", self.faults),
            web.post("/_twin/faults", self.add_fault),
            web.delete("/_twin/faults", self.clear_faults),
            web.get("/_twin/journal", self.journal),
            web.delete("/_twin/journal", self.clear_journal),
            web.post("/_twin/clock", self.forward),
        ]

    async def world(self, _: web.Request) -> web.Response:
        return web.json_response(snapshot(self._twin))

    async def act(self, request: web.Request) -> web.Response:
        told = await request.read()
        try:
            act = acts.Act.model_validate_json(told, by_alias=True, by_name=True).root
        except ValidationError as error:
            first = error.errors()[0]
            raise bad(f"{first['msg']} at {first['loc']}.") from None
        one = self._twin.store.world.found(request.match_info["user"])
        if one is None:
            raise missing("Nobody here is called that.")
        before = {event.id for event in one.events}
        world = acts.done(self._twin.store.world, one, act, self._twin.now())
        self._twin.store.put(world)
        made = [event.id for event in world.holdings[one.person.user_id].events if event.id not in before]
        return web.json_response({"made": made})

    async def faults(self, _: web.Request) -> web.Response:
        return _list(
            [{**fault.told.model_dump(by_alias=True), "left": fault.left} for fault in self._twin.faults.waiting()]
        )

    async def add_fault(self, request: web.Request) -> web.Response:
        self._twin.faults.add(FaultBody.read(await json_object(request)))
        return web.Response(status=HTTPStatus.NO_CONTENT)

    async def clear_faults(self, _: web.Request) -> web.Response:
        self._twin.faults.clear()
        return web.Response(status=HTTPStatus.NO_CONTENT)

    async def journal(self, request: web.Request) -> web.Response:
        try:
            after = int(request.query.get("after", "0"))
        except ValueError:
            raise bad("after is a number.") from None
        return _list([{**entry, "at": stamp(entry["at"])} for entry in self._twin.journal.since(after)])

    async def clear_journal(self, _: web.Request) -> web.Response:
        self._twin.journal.clear()
        return web.Response(status=HTTPStatus.NO_CONTENT)

    async def forward(self, request: web.Request) -> web.Response:
        seconds = Forward.read(await json_object(request)).seconds
        world = self._twin.store.world
        self._twin.store.put(replace(world, ahead=world.ahead + timedelta(seconds=seconds)))
        return web.json_response({"now": self._twin.now().isoformat()})


def _list(entries: list[dict[str, Any]]) -> web.Response:
    return web.json_response({"value": entries})
