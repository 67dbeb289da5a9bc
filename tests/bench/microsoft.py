"""Microsoft's services as a bot sees them, made to cost nearly nothing: keys, logins, and a connector that takes messages.

Raw asyncio protocols instead of a web framework, so that on a core of its own this is not what is measured.
"""

import asyncio
import contextlib
import json
import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Self

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

APP_ID = "00000000-0000-4000-8000-0000000000b0"
TENANT = "11111111-1111-4111-8111-111111111111"
SECRET = "a secret for the mock"
ISSUER = "https://api.botframework.com"
HOSTS = ("login.microsoftonline.com", "login.botframework.com")
TOKEN = "a-token-of-the-mock"
KEPT = 64  # messages, to look at what was answered
_TYPING = b'"type":"typing"'  # shown on a machine so busy that an answer takes two seconds
_AUTHORIZED = f"Bearer {TOKEN}".encode()


class Microsoft:
    """The mock, over HTTP and over TLS; counts what it is asked. `delay` is how many seconds its connector takes."""

    def __init__(self) -> None:
        self.delay = 0.0
        self.connections = self.logins = self.messages = self.refused = 0
        self.last: list[bytes] = []
        self.rosters: dict[str, bytes] = {}
        self._key = rsa.generate_private_key(65537, 2048)
        self._transports: set[asyncio.Transport] = set()

    async def __aenter__(self) -> Self:
        self._folder = contextlib.ExitStack()
        folder = Path(self._folder.enter_context(tempfile.TemporaryDirectory(prefix="samen-bench-")))
        self.authority = folder / "authority.pem"
        loop = asyncio.get_running_loop()
        self._plain = await loop.create_server(lambda: Line(self), "127.0.0.1", 0)
        secure = _certificate(self.authority)
        self._secure = await loop.create_server(lambda: Line(self, secure=True), "127.0.0.1", 0, ssl=secure)
        self.port, self.tls_port = (server.sockets[0].getsockname()[1] for server in (self._plain, self._secure))
        self.url = f"http://127.0.0.1:{self.port}"
        self.service_url = f"{self.url}/teams/"
        return self

    async def __aexit__(self, *_: object) -> None:
        for server in (self._plain, self._secure):
            server.close()
        for transport in tuple(self._transports):
            transport.abort()
        self._folder.close()

    def token(self) -> str:
        """A token as the Bot Framework signs them, good for some hours."""
        now = datetime.now(UTC)
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": self.service_url,
            "nbf": now - timedelta(minutes=5),
            "exp": now + timedelta(hours=6),
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": "key-1"})

    def answer(self, head: bytes, body: bytes, *, secure: bool) -> tuple[bytes, float]:
        """What a request is answered with, and after how many seconds."""
        method, path = head.split(b" ", 2)[:2]
        if path.startswith(b"/teams/"):
            return self._connector(method, path, head, body), self.delay
        if path.endswith(b"/oauth2/v2.0/token"):
            self.logins += 1
            return _json({"access_token": TOKEN, "expires_in": 86_400, "token_type": "Bearer"}), 0.0
        if path.endswith(b"/keys"):
            row = jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
            return _json({"keys": [{**row, "kid": "key-1", "use": "sig", "endorsements": ["msteams"]}]}), 0.0
        return _json(self._discovery(secure=secure)), 0.0

    def _discovery(self, *, secure: bool) -> dict[str, object]:
        """The metadata of the Bot Framework and of a tenant's login in one."""
        frame = "https://login.botframework.com" if secure else self.url
        login = f"https://login.microsoftonline.com/{TENANT}" if secure else f"{self.url}/login"
        return {
            "issuer": f"{login}/v2.0" if secure else ISSUER,
            "jwks_uri": f"{frame}/v1/.well-known/keys",
            "token_endpoint": f"{login}/oauth2/v2.0/token",
            "authorization_endpoint": f"{login}/oauth2/v2.0/authorize",
            "id_token_signing_alg_values_supported": ["RS256"],
            "tenant_discovery_endpoint": f"{login}/v2.0/.well-known/openid-configuration",
        }

    def _connector(self, method: bytes, path: bytes, head: bytes, body: bytes) -> bytes:
        if _AUTHORIZED not in head:
            self.refused += 1
            return _reply(401, b"")
        if method == b"GET":
            return _json({"members": []})
        self.messages += 1
        if len(self.last) < KEPT and _TYPING not in body:
            self.last.append(body)
        return _reply(201, b'{"id":"1:%d"}' % self.messages)


class Line(asyncio.Protocol):
    """One connection to the mock: requests one after the other, as HTTP clients send them."""

    def __init__(self, mock: Microsoft, *, secure: bool = False) -> None:
        self._mock, self._secure, self._buffer = mock, secure, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._mock._transports.add(transport)
        if not self._secure:
            self._mock.connections += 1

    def connection_lost(self, _: Exception | None) -> None:
        self._mock._transports.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data if self._buffer else data
        while (end := buffer.find(b"\r\n\r\n")) >= 0:
            head = buffer[:end]
            whole = end + 4 + length_of(head)
            if len(buffer) < whole:
                break
            answer, delay = self._mock.answer(head, buffer[end + 4 : whole], secure=self._secure)
            buffer = buffer[whole:]
            if delay:
                asyncio.get_running_loop().call_later(delay, self._write, answer)
            else:
                self._transport.write(answer)
        self._buffer = buffer

    def _write(self, answer: bytes) -> None:
        """Late, so that whoever asked may have gone."""
        if not self._transport.is_closing():
            self._transport.write(answer)


def length_of(head: bytes) -> int:
    """How many bytes follow a message's head."""
    at = head.lower().find(b"content-length:")
    if at < 0:
        return 0
    end = head.find(b"\r\n", at)
    return int(head[at + 15 : end if end >= 0 else None])


def _reply(status: int, body: bytes) -> bytes:
    head = b"HTTP/1.1 %d Mock\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
    return head + body


def _json(value: object) -> bytes:
    return _reply(200, json.dumps(value).encode())


def _certificate(file: Path) -> ssl.SSLContext:
    """A private authority for this run, which peers are told to trust, and the login hosts' certificate by it."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Samen's bench")])
    now = datetime.now(UTC)
    names = [*(x509.DNSName(host) for host in HOSTS), x509.IPAddress(ip_address("127.0.0.1"))]
    usage = x509.KeyUsage(
        **dict.fromkeys(("content_commitment", "data_encipherment", "key_agreement", "crl_sign"), False),
        **dict.fromkeys(("digital_signature", "key_encipherment", "key_cert_sign"), True),
        encipher_only=False,
        decipher_only=False,
    )
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=7))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(signed.public_bytes(Encoding.PEM))
    own = file.with_name("key.pem")
    own.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, own)
    return context
