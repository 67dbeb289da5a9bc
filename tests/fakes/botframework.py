"""Teams' side of the wire, on loopback: keys, logins, and a connector that remembers what it was asked."""

import asyncio
import base64
import functools
import hashlib
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

ISSUER = "https://api.botframework.com"
APP_ID = "00000000-0000-4000-8000-0000000000b0"
TENANT = "11111111-1111-4111-8111-111111111111"
SECRET = "a secret for tests"


@functools.cache
def rsa_key(name: str) -> RSAPrivateKey:
    """A private key by name: made once per run, for making one is slow."""
    return generate_private_key(65537, 2048)


@functools.cache
def certificate(name: str) -> bytes:
    """A PEM with a private key and its own certificate."""
    key = rsa_key(name)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    signed = (
        builder.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + signed.public_bytes(Encoding.PEM)


@dataclass(frozen=True)
class Asked:
    """One request the connector got. `path` has its ids decoded, `raw_path` as they came."""

    method: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    body: Any
    raw_path: str
    token: str | None
    at: float


@dataclass
class Scripted:
    """An answer to give next instead of the usual one; status 0 = no answer at all."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


class BotFramework:
    """A fake Bot Framework over real HTTP.

    `asked` is what the connector got, `logins` the forms the login service got, `key_requests` how often the key list
    was read, `more_keys` what else that list holds, `metadata` replaces where it is, `connections` how many were opened, `messages` what stands where now. `script` what comes next; `demands_token` makes the connector check.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.logins: list[dict[str, str]] = []
        self.key_requests = 0
        self.keys: dict[str, Any] = {"key-1": ["msteams"]}
        self.more_keys: list[Any] = []
        self.metadata: Any = None
        self.keys_broken = False
        self.login_answer = Scripted(200)
        self.rosters: dict[str, list[dict[str, Any]]] = {}
        self.page = 2
        self.demands_token = False
        self.foreign: list[str] = []
        self.messages: dict[str, Asked] = {}
        self._views: dict[tuple[str, str], dict[str, Any]] = {}
        self._issued: set[str] = set()
        self._script: deque[Scripted] = deque()
        self._peers: set[Any] = set()
        self._personal: dict[str, str] = {}
        self._released = asyncio.Event()
        self._count = 0

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_get("/.well-known/openidconfiguration", self._metadata)
        application.router.add_get("/keys", self._key_list)
        application.router.add_post("/login/oauth2/v2.0/token", self._login)
        application.router.add_route("*", "/teams/{rest:.*}", self._connector)
        application.router.add_route("*", "/{rest:.*}", self._elsewhere)
        self._server = TestServer(application)
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._released.set()
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("")).rstrip("/")

    @property
    def service_url(self) -> str:
        return f"{self.url}/teams/"

    @property
    def login_url(self) -> str:
        return f"{self.url}/login"

    @property
    def metadata_url(self) -> str:
        return f"{self.url}/.well-known/openidconfiguration"

    @property
    def connections(self) -> int:
        return len(self._peers)

    def script(self, status: int, body: Any = None, **headers: str) -> None:
        """What the connector answers to its next request; status 0 = it never answers."""
        self._script.append(Scripted(status, {name.replace("_", "-"): text for name, text in headers.items()}, body))

    def token(
        self, now: datetime, *, kid: str | None = "key-1", key: Any = None, algorithm: str = "RS256", **claims: Any
    ) -> str:
        """A token as the Bot Framework signs them; a claim given as None is left out."""
        usual = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": self.service_url,
            "nbf": int((now - timedelta(minutes=5)).timestamp()),
            "exp": int((now + timedelta(hours=1)).timestamp()),
        }
        payload = {name: value for name, value in (usual | claims).items() if value is not None}
        headers = {"kid": kid} if kid else None
        return jwt.encode(
            payload, rsa_key(kid or "key-1") if key is None else key, algorithm=algorithm, headers=headers
        )

    def heard_by(self, channel_user_id: str) -> list[dict[str, Any]]:
        """Every message this person could read: their own 1:1 chat, and what is said openly in their groups."""
        return [
            asked.body
            for asked in self.asked
            if asked.method in ("POST", "PUT") and "activities" in asked.path and self._reads(channel_user_id, asked)
        ]

    def sent(self) -> list[dict[str, Any]]:
        """Every message sent, in order, without typing."""
        posts = [asked for asked in self.asked if asked.method == "POST" and "activities" in asked.path]
        return [asked.body for asked in posts if asked.body.get("type") == "message"]

    def _reads(self, channel_user_id: str, asked: Asked) -> bool:
        conversation = asked.path[2]
        if asked.query.get("isTargetedActivity") == "true":
            return bool((asked.body.get("recipient") or {}).get("id") == channel_user_id)
        owner = self._personal.get(conversation)
        if owner is not None:
            return owner == channel_user_id
        return any(row["id"] == channel_user_id for row in self.rosters.get(conversation.partition(";")[0], ()))

    async def _metadata(self, _: web.Request) -> web.Response:
        if self.keys_broken:
            return web.Response(status=500)
        usual = {"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"}
        return web.json_response(usual if self.metadata is None else self.metadata)

    async def _key_list(self, _: web.Request) -> web.Response:
        self.key_requests += 1
        rows = []
        for kid, endorsements in self.keys.items():
            public = jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key(kid).public_key(), as_dict=True)
            rows.append({**public, "kid": kid, "use": "sig", "endorsements": endorsements})
        return web.json_response({"keys": [*self.more_keys, *rows, {"kty": "EC", "kid": "of another kind"}]})

    async def _login(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.logins.append(form)
        if self.login_answer.status == 0:
            await self._released.wait()
        if self.login_answer.status != 200 or not self._proves(form):
            return web.json_response(
                {"error": "invalid_client"}, status=self.login_answer.status if self.login_answer.status != 200 else 401
            )
        token = f"app-token-{len(self.logins)}"
        self._issued.add(token)
        return web.json_response({"access_token": token, "expires_in": 3600, "token_type": "Bearer"})

    def _proves(self, form: Mapping[str, str]) -> bool:
        """Whether a login shows the secret, or an assertion signed with the certificate that tests hand out."""
        usual = form.get("client_id") == APP_ID and form.get("scope") == f"{ISSUER}/.default"
        if "client_secret" in form:
            return usual and form["client_secret"] == SECRET
        der = x509.load_pem_x509_certificate(certificate("bot")).public_bytes(Encoding.DER)
        thumbprint = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
        assertion = form.get("client_assertion", "")
        claims = jwt.decode(
            assertion,
            rsa_key("bot").public_key(),
            algorithms=["PS256"],
            audience=f"{self.login_url}/oauth2/v2.0/token",
            issuer=APP_ID,
            options={"require": ["exp", "jti", "sub"], "verify_exp": False, "verify_nbf": False},
        )
        return usual and claims["sub"] == APP_ID and jwt.get_unverified_header(assertion)["x5t#S256"] == thumbprint

    async def _elsewhere(self, request: web.Request) -> web.Response:
        self.foreign.append(request.raw_path)
        return web.Response(status=404)

    async def _connector(self, request: web.Request) -> web.Response:
        raw_path, _, query = request.raw_path.partition("?")
        raw = await request.read()
        path = tuple(unquote(part) for part in raw_path.removeprefix("/teams/").split("/"))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or None
        body = json.loads(raw) if raw else None
        at = asyncio.get_running_loop().time()
        asked = Asked(request.method, path, dict(parse_qsl(query)), body, raw_path, token, at)
        self.asked.append(asked)
        if request.transport is not None:
            self._peers.add(request.transport.get_extra_info("peername"))
        if self._script:
            return await self._play(self._script.popleft())
        if self.demands_token and token not in self._issued:
            return web.Response(status=401)
        return self._usual(asked)

    async def _play(self, scripted: Scripted) -> web.Response:
        if scripted.status == 0:
            await self._released.wait()
        return web.json_response(scripted.body or {}, status=scripted.status or 504, headers=scripted.headers)

    def revoke_tokens(self) -> None:
        """The connector no longer takes the tokens given out so far."""
        self._issued.clear()

    def _usual(self, asked: Asked) -> web.Response:  # noqa: PLR0911 - one line per kind of request
        match asked.method, *asked.path:
            case "POST", "v3", "conversations":
                person = asked.body["members"][0]["id"]
                self._personal[f"a:{person}"] = person
                return web.json_response({"id": f"a:{person}"}, status=201)
            case "GET", "v3", "conversations", conversation, "pagedmembers":
                return self._members(conversation, asked.query)
            case "GET", "v3", "conversations", conversation, "members", person:
                found = [row for row in self.rosters.get(conversation, ()) if row["id"] == person]
                return web.json_response(found[0]) if found else web.Response(status=404)
            case "GET", "v3", "teams", team:
                return web.json_response({"id": team, "name": "Team Wijkzaken", "aadGroupId": "group-1"})
            case "GET", "v1", "meetings", _, "participants", person:
                user = {"id": f"29:{person}", "aadObjectId": person, "name": "Anouk de Vries"}
                return web.json_response({"user": user, "meeting": {"role": "Organizer", "inMeeting": True}})
            case "POST", "v3", "conversations", _, "activities", *_:
                self._count += 1
                self.messages[f"message-{self._count}"] = asked
                return web.json_response({"id": f"message-{self._count}"}, status=201)
            case "PUT", "v3", "conversations", _, "activities", message:
                self._put(message, asked)
                return web.json_response({"id": message}, status=201)
            case "DELETE", "v3", "conversations", _, "activities", _:
                return web.Response(status=200)
        return web.Response(status=404)

    def _put(self, message: str, asked: Asked) -> None:
        """A message's new content, for everybody who sees it; what a press put in its place is gone too."""
        before = self.messages.get(message)
        recipient = {"recipient": before.body.get("recipient")} if before else {}
        self.messages[message] = replace(asked, body={**asked.body, **recipient})
        for view in [view for view in self._views if view[1] == message]:
            del self._views[view]

    def pressed(self, channel_user_id: str, message: str, card: dict[str, Any]) -> None:
        """What a press put in a card's place, for the one who pressed."""
        self._views[channel_user_id, message] = card

    def screen(self, channel_user_id: str) -> dict[str, Any]:
        """id -> what this person can read now, in all their chats, as it stands there."""
        return {
            message: self._views.get((channel_user_id, message), asked.body)
            for message, asked in self.messages.items()
            if asked.body.get("type") == "message" and self._reads(channel_user_id, asked)
        }

    def id_of(self, body: dict[str, Any]) -> str | None:
        """The id a sent message got."""
        return next((message for message, asked in self.messages.items() if asked.body is body), None)

    def _members(self, conversation: str, query: Mapping[str, str]) -> web.Response:
        rows = self.rosters.get(conversation, [])
        start = int(query.get("continuationToken", "0").removeprefix("page+/= ") or 0)
        page: dict[str, Any] = {"members": rows[start : start + self.page]}
        if start + self.page < len(rows):
            page["continuationToken"] = f"page+/= {start + self.page}"
        return web.json_response(page)


def utc(hour: int = 9, minute: int = 0) -> datetime:
    """A moment on the day the tests live in, a Monday."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)
