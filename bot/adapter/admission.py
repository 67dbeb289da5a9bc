"""Who may come in, once it is sure that Teams is knocking: the organisation's own tenants and channels."""

from botbuilder.schema import Activity

from bot.adapter.config import DoorConfig
from bot.adapter.refusals import Forbidden, Malformed
from bot.adapter.turns import dig, tenant_of


def admit_channel(activity: Activity, config: DoorConfig) -> None:
    """Raise Forbidden for a channel that is not ours, whatever its token is endorsed for."""
    if not config.admits_channel(activity.channel_id):
        raise Forbidden("foreign channel")


def admit(activity: Activity, config: DoorConfig) -> None:
    """Let an activity in, or raise Forbidden; Malformed when it does not say its tenant."""
    if not config.admits_service(activity.service_url):
        raise Forbidden("foreign service URL")
    tenant = tenant_of(activity)
    if tenant is None:
        raise Malformed("the tenant is missing")
    # Both places where Teams writes the tenant must name one of ours: half a foreign conversation is foreign.
    also = dig(activity.channel_data, "tenant", "id")
    if not config.admits_tenant(tenant) or (isinstance(also, str) and not config.admits_tenant(also)):
        raise Forbidden("foreign tenant")
