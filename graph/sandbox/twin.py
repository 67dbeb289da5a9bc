"""What all doors of the twin share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from graph.sandbox.faults import Faults
from graph.sandbox.journal import Journal
from graph.sandbox.refusals import Refusal, denied, stranger
from graph.sandbox.store import Store
from graph.sandbox.world import Holdings


@dataclass(frozen=True)
class Twin:
    """The twin: its world, its clock, and what goes wrong in it on purpose.

    `clock` gives aware UTC; `sign_in` is how somebody stands with a connection that has never been used.
    """

    store: Store
    clock: Callable[[], datetime]
    sign_in: str = "signed_in"
    faults: Faults = field(default_factory=Faults)
    journal: Journal = field(default_factory=Journal)

    def now(self) -> datetime:
        """The time in the twin."""
        return self.clock() + self.store.world.ahead

    def keep(self, one: Holdings) -> None:
        """Keeps what has changed for a person."""
        self.store.put(self.store.world.keeping(one))

    def owner(self, request: web.Request, scope: str) -> Holdings:
        """The person the path is about, when the token is theirs and has the scope."""
        token_user, scopes = self.bearer(request)
        one = self.named(request)
        if one.person.user_id != token_user:
            raise denied()
        if scope not in scopes:
            raise denied(f"Insufficient privileges: the token lacks {scope}.")
        return one

    def bearer(self, request: web.Request) -> tuple[str, tuple[str, ...]]:
        """The user id and the scopes of the token."""
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not text:
            raise stranger("Access token is empty.")
        token = self.store.world.tokens.get(text)
        if token is None:
            raise stranger("Access token validation failure. Invalid audience or signature.")
        if self.now() >= token.until:
            raise stranger("Lifetime validation failed, the token is expired.")
        return token.user_id, token.scopes

    def named(self, request: web.Request) -> Holdings:
        """The person the path names, by user id or address."""
        name = request.match_info["user"]
        one = self.store.world.found(name)
        if one is None or name == one.person.channel_user_id:
            raise Refusal(HTTPStatus.NOT_FOUND, "Request_ResourceNotFound", "Resource does not exist in the tenant.")
        return one
