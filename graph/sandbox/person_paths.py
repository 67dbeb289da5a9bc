"""Graph's paths about the person and their mailbox, and whatever the twin does not know."""

from aiohttp import web

from graph.sandbox import odata
from graph.sandbox.mailbox import mailbox_json
from graph.sandbox.refusals import bad
from graph.sandbox.twin import Twin

USER = "/v1.0/users/{user}"


class PersonPaths:
    """`/users/{id}` and `/users/{id}/mailboxSettings`."""

    def __init__(self, twin: Twin) -> None:
        self._twin = twin

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(USER, self.user),
            web.get(f"{USER}/mailboxSettings", self.mailbox),
            web.route("*", "/v1.0/{rest:.*}", self.unknown),
        ]

    async def user(self, request: web.Request) -> web.Response:
        person = self._twin.owner(request, "User.Read").person
        odata.only(request.query, {"$select"})
        given, _, surname = person.name.partition(" ")
        names = {"displayName": person.name, "givenName": given, "surname": surname}
        address = {"mail": person.address, "userPrincipalName": person.address}
        return web.json_response(odata.select({"id": person.user_id, **names, **address}, request.query))

    async def mailbox(self, request: web.Request) -> web.Response:
        one = self._twin.owner(request, "MailboxSettings.Read")
        odata.only(request.query, {"$select"})
        return web.json_response(odata.select(mailbox_json(one.mailbox), request.query))

    async def unknown(self, request: web.Request) -> web.Response:
        self._twin.bearer(request)
        raise bad(f"The twin does not know {request.method} {request.path}.")
