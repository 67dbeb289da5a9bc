"""botbuilder's echo bot on its own CloudAdapter, as in its samples; BENCH_PATCHED=1 mends its two known defects."""

import os

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import (
    CloudAdapter,
    ConfigurationBotFrameworkAuthentication,
    ConfigurationServiceClientCredentialFactory,
)
from redirect import APP_ID, PORT, SECRET, TENANT


class Settings:
    APP_ID, APP_PASSWORD, APP_TENANTID, APP_TYPE = APP_ID, SECRET, TENANT, "SingleTenant"


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context: TurnContext):
        await turn_context.send_activity(f"Echo: {turn_context.activity.text}")


def credentials():
    """What gives the bot its credentials; patched, one object for all turns, so that its token is kept."""
    factory = ConfigurationServiceClientCredentialFactory(Settings())
    if os.environ.get("BENCH_PATCHED"):
        from botframework.connector.auth import MicrosoftAppCredentials
        from msrest.universal_http.requests import ClientRetryPolicy

        # 998 look-ups in a list of 501, for every client that is made: two in a turn.
        ClientRetryPolicy.safe_codes = frozenset(ClientRetryPolicy.safe_codes)
        shared = MicrosoftAppCredentials(APP_ID, SECRET, TENANT, "https://api.botframework.com")

        async def one(*_args, **_kwargs):
            return shared

        factory.create_credentials = one
        factory._inner.create_credentials = one
    return factory


adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Settings(), credentials_factory=credentials()))
bot = Echo()


async def messages(request: web.Request) -> web.Response:
    return await adapter.process(request, bot)


application = web.Application()
application.router.add_post("/api/messages", messages)
web.run_app(application, host="127.0.0.1", port=PORT, access_log=None, print=None)
