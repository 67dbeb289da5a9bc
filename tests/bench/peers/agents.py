"""The echo of the Microsoft 365 Agents SDK, as in its quickstart."""

from aiohttp import web
from microsoft_agents.authentication.msal import MsalConnectionManager
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware, start_agent_process
from microsoft_agents.hosting.core import ActivityHandler, AgentAuthConfiguration, TurnContext
from redirect import APP_ID, PORT, SECRET, TENANT


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context: TurnContext):
        await turn_context.send_activity(f"Echo: {turn_context.activity.text}")


own = AgentAuthConfiguration(client_id=APP_ID, tenant_id=TENANT, client_secret=SECRET)
connections = MsalConnectionManager(connections_configurations={"SERVICE_CONNECTION": own})
adapter = CloudAdapter(connection_manager=connections)
bot = Echo()


async def messages(request: web.Request) -> web.Response:
    return await start_agent_process(request, bot, adapter)


application = web.Application(middlewares=[jwt_authorization_middleware])
application["agent_configuration"] = connections.get_default_connection_configuration()
application.router.add_post("/api/messages", messages)
web.run_app(application, host="127.0.0.1", port=PORT, access_log=None, print=None)
