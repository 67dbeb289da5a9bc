"""The least that answers a message with its token checked: aiohttp, PyJWT, uvloop; no bot framework at all."""

import json
import os

import aiohttp
import jwt
import uvloop
from aiohttp import web

APP_ID, PORT = os.environ["BENCH_APP_ID"], int(os.environ["PORT"])
MOCK = os.environ["BENCH_MOCK_URL"]
ISSUER = "https://api.botframework.com"
JSON = {"Content-Type": "application/json"}


class Bot:
    def __init__(self) -> None:
        self.keys, self.headers = {}, {}

    async def open(self, _):
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=256)) as self.session:
            async with self.session.get(f"{MOCK}/v1/.well-known/keys") as answer:
                rows = (await answer.json())["keys"]
            self.keys = {row["kid"]: jwt.PyJWK(row, "RS256").key for row in rows}
            form = {"grant_type": "client_credentials", "client_id": APP_ID}
            async with self.session.post(f"{MOCK}/login/oauth2/v2.0/token", data=form) as answer:
                self.headers = {**JSON, "Authorization": f"Bearer {(await answer.json())['access_token']}"}
            yield

    async def messages(self, request: web.Request) -> web.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        key = self.keys[jwt.get_unverified_header(token)["kid"]]
        try:
            claims = jwt.decode(token, key, algorithms=["RS256"], audience=APP_ID, issuer=ISSUER, leeway=300)
        except jwt.PyJWTError:
            return web.Response(status=401)
        asked = json.loads(await request.read())
        if claims["serviceurl"] != asked["serviceUrl"]:
            return web.Response(status=401)
        answer = {
            "type": "message",
            "text": f"Echo: {asked['text']}",
            "from": asked["recipient"],
            "recipient": asked["from"],
            "conversation": asked["conversation"],
            "replyToId": asked["id"],
        }
        url = f"{asked['serviceUrl']}v3/conversations/{asked['conversation']['id']}/activities/{asked['id']}"
        async with self.session.post(url, data=json.dumps(answer), headers=self.headers) as sent:
            await sent.read()
        return web.Response(status=200)


bot = Bot()
application = web.Application()
application.cleanup_ctx.append(bot.open)
application.router.add_post("/api/messages", bot.messages)
web.run_app(application, host="127.0.0.1", port=PORT, access_log=None, print=None, loop=uvloop.new_event_loop())
