"""Signing in: how a person stands with the bot's connection, and the tokens that follow from it.

What the Bot Framework token service does: it keeps a person's tokens per connection, gives the present one, exchanges a
Teams single-sign-on token for one, and forgets them. Texts of the refusals: learn.microsoft.com/entra error codes.
"""

import base64
import binascii
import json
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from graph.sandbox.people import Person
from graph.sandbox.refusals import Refusal, bad
from graph.sandbox.world import Code, Holdings, SignIn, Token, World

ANY = "*"  # in place of a connection's name: how somebody stands with one that has not been used
SCOPES = ("Presence.ReadWrite", "Calendars.ReadWrite", "MailboxSettings.Read", "User.Read")
STATES = ("signed_in", "signed_out", "needs_consent", "needs_admin", "revoked")
LASTS = timedelta(hours=1)
RENEWED = timedelta(minutes=5)  # before its end the token service gives a fresh one
CODE_LASTS = timedelta(minutes=10)
NO_CONSENT = "AADSTS65001: The user or administrator has not consented to use the application with ID '{app}'."
NO_ADMIN = "AADSTS90094: An administrator of {tenant} has set a policy that prevents you from granting the permissions."
_REFUSED = {"needs_consent": NO_CONSENT, "revoked": NO_CONSENT, "needs_admin": NO_ADMIN}


def standing(one: Holdings, connection: str, otherwise: str) -> SignIn:
    """How the person stands with that connection; `otherwise` where nothing has happened yet."""
    return one.sign_ins.get(connection) or one.sign_ins.get(ANY) or SignIn(otherwise, SCOPES)


def stand(world: World, one: Holdings, connection: str, sign_in: SignIn) -> World:
    """With the person standing so. Consent taken back ends the tokens at once, signing out does not."""
    world = world.keeping(replace(one, sign_ins={**one.sign_ins, connection: sign_in}))
    return without_tokens(world, one.person, connection) if sign_in.state in _REFUSED else world


def without_tokens(world: World, person: Person, connection: str | None = None) -> World:
    """With none of that person's tokens valid any more: of one connection, or of all."""
    return replace(
        world,
        tokens={
            text: token
            for text, token in world.tokens.items()
            if token.user_id != person.user_id or connection not in {None, token.connection}
        },
    )


def token_for(world: World, person: Person, connection: str, at: datetime) -> tuple[World, str]:
    """A token with five minutes or more to go: the one there is, or a new one."""
    scopes = world.holdings[person.user_id].sign_ins[connection].scopes
    for text, token in world.tokens.items():
        same = (token.user_id, token.connection, token.scopes) == (person.user_id, connection, scopes)
        if same and token.until - at > RENEWED:
            return world, text
    text = f"twin.{secrets.token_urlsafe(48)}"
    lasting = {text: token for text, token in world.tokens.items() if at - token.until < timedelta(days=1)}
    return replace(world, tokens={**lasting, text: Token(person.user_id, connection, scopes, at + LASTS)}), text


def exchanged(sign_in: SignIn) -> SignIn:
    """How the person stands after their client's single-sign-on token was exchanged. Refuses without consent."""
    if sign_in.state in _REFUSED:
        raise bad(_REFUSED[sign_in.state].format(app="samen", tenant="the twin"), "invalid_grant")
    return replace(sign_in, state="signed_in")


def owner(sso_token: str) -> str:
    """The user id in a single-sign-on token: the `oid` of a JWT, whose signature the twin has no key to check."""
    parts = sso_token.split(".")
    try:
        oid = json.loads(base64.urlsafe_b64decode(parts[1] + "=="))["oid"]
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error):
        raise _not_a_token() from None
    if len(parts) != 3 or not isinstance(oid, str):  # noqa: PLR2004 - header, payload, signature
        raise _not_a_token()
    return oid


def with_code(world: World, person: Person, connection: str, at: datetime) -> tuple[World, str]:
    """Six digits that the person can bring back to the bot within ten minutes."""
    digits = f"{secrets.randbelow(1_000_000):06}"
    lasting = {text: code for text, code in world.codes.items() if at < code.until}
    return replace(world, codes={**lasting, digits: Code(person.user_id, connection, at + CODE_LASTS)}), digits


def redeemed(world: World, person: Person, connection: str, digits: str, at: datetime) -> World | None:
    """The world after the person brought the code back, None when it is not theirs, used, or too old."""
    code = world.codes.get(digits)
    if code is None or (code.user_id, code.connection) != (person.user_id, connection) or at >= code.until:
        return None
    world = replace(world, codes={text: other for text, other in world.codes.items() if text != digits})
    one = world.holdings[person.user_id]
    return stand(world, one, connection, SignIn("signed_in", standing(one, connection, "signed_in").scopes))


def _not_a_token() -> Refusal:
    return bad("AADSTS50013: Assertion failed signature validation: this is no single-sign-on token.", "invalid_grant")
