"""Who may come in, once it is sure that Teams is knocking: the organisation's own tenants and channels."""

from botbuilder.schema import Activity

from bot.adapter.config import DoorConfig
from bot.adapter.refusals import Forbidden, Malformed
from bot.adapter.turns import tenant_of


def admit(activity: Activity, config: DoorConfig) -> None:
    """Let an activity in, or raise Forbidden; Malformed when it does not say its tenant."""
    if not config.admits_channel(activity.channel_id):
        raise Forbidden("foreign channel")
    if not config.admits_service(activity.service_url):
        raise Forbidden("foreign service URL")
    tenant = tenant_of(activity)
    if tenant is None:
        raise Malformed("the tenant is missing")
    if not config.admits_tenant(tenant):
        raise Forbidden("foreign tenant")
