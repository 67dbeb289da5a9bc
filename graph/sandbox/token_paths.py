"""The Bot Framework token service's paths, as botframework-connector's token client calls them.

A person is named by their channel user id. The app's own token is not asked for: the sandbox has no app.
"""

import base64
import json
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from aiohttp import web

from graph.sandbox import sign_in, times
from graph.sandbox.bodies import Body, json_object
from graph.sandbox.refusals import Refusal, bad
from graph.sandbox.twin import Twin
from graph.sandbox.world import Holdings, SignIn

ROOT = "/api/usertoken"
SIGN_IN = "/_twin/sign-in"


class Exchange(Body):
    token: str | None = None
    uri: str | None = None


class TokenPaths:
    """GetToken, exchange, SignOut and GetSignInResource."""

    def __init__(self, twin: Twin) -> None:
        self._twin = twin

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(f"{ROOT}/GetToken", self.token),
            web.post(f"{ROOT}/exchange", self.exchange),
            web.delete(f"{ROOT}/SignOut", self.sign_out),
            web.get("/api/botsignin/GetSignInResource", self.resource),
        ]

    async def token(self, request: web.Request) -> web.Response:
        one, connection = self._asked(request)
        person, now, digits = one.person, self._twin.now(), request.query.get("code")
        if digits is not None:
            world = sign_in.redeemed(self._twin.store.world, person, connection, digits, now)
            if world is None:
                raise _none()
            self._twin.store.put(world)
        elif sign_in.standing(one, connection, self._twin.sign_in).state != "signed_in":
            raise _none()
        return self._given(person.user_id, connection, request)

    async def exchange(self, request: web.Request) -> web.Response:
        one, connection = self._asked(request)
        told = Exchange.read(await json_object(request))
        if told.token is None:
            raise bad("The twin exchanges tokens only, no uri.", "BadArgument")
        if sign_in.owner(told.token) != one.person.user_id:
            raise bad("The single-sign-on token is somebody else's.", "invalid_grant")
        after = sign_in.exchanged(sign_in.standing(one, connection, self._twin.sign_in))
        self._twin.store.put(sign_in.stand(self._twin.store.world, one, connection, after))
        return self._given(one.person.user_id, connection, request)

    async def sign_out(self, request: web.Request) -> web.Response:
        one, connection = self._asked(request)
        before = sign_in.standing(one, connection, self._twin.sign_in)
        if before.state == "signed_in":
            after = SignIn("signed_out", before.scopes)
            self._twin.store.put(sign_in.stand(self._twin.store.world, one, connection, after))
        return web.Response(status=HTTPStatus.OK)

    async def resource(self, request: web.Request) -> web.Response:
        state = request.query.get("state", "")
        connection, who = read_state(state)
        query = {"state": state, "finalRedirect": request.query.get("finalRedirect", "")}
        link = f"{request.url.origin()}{SIGN_IN}?{urlencode({name: text for name, text in query.items() if text})}"
        exchange = {"id": str(uuid5(NAMESPACE_URL, f"{who} {connection}")), "uri": "api://twin/samen", "providerId": ""}
        return web.json_response({"signInLink": link, "tokenExchangeResource": exchange})

    def _asked(self, request: web.Request) -> tuple[Holdings, str]:
        try:
            user, connection = request.query["userId"], request.query["connectionName"]
            channel = request.query["channelId"]
        except KeyError as error:
            raise bad(f"The query lacks {error}.", "BadArgument") from None
        if not (connection and channel):
            raise bad("connectionName and channelId may not be empty.", "BadArgument")
        one = self._twin.store.world.found(user)
        if one is None:
            raise _none()
        return one, connection

    def _given(self, user_id: str, connection: str, request: web.Request) -> web.Response:
        world, now = self._twin.store.world, self._twin.now()
        one = world.holdings[user_id]
        if connection not in one.sign_ins:
            standing = sign_in.standing(one, connection, self._twin.sign_in)
            world = sign_in.stand(world, one, connection, standing)
        world, text = sign_in.token_for(world, one.person, connection, now)
        if world is not self._twin.store.world:
            self._twin.store.put(world)
        body = {"channelId": request.query["channelId"], "connectionName": connection, "token": text}
        return web.json_response({**body, "expiration": times.stamp(world.tokens[text].until)})


def read_state(state: str) -> tuple[str, str]:
    """The connection and the channel user id in the state that a bot sends: base64 of a TokenExchangeState."""
    try:
        told = json.loads(base64.b64decode(state, validate=True))
        return str(told["connectionName"]), str(told["conversation"]["user"]["id"])
    except (ValueError, KeyError, TypeError):
        raise bad("The state is no token exchange state.", "BadArgument") from None


def _none() -> Refusal:
    return Refusal(HTTPStatus.NOT_FOUND, "NotFound", "There is no token for this user and connection.")
