"""Whom the door lets in: only its own tenants and channels, and only where Teams lives."""

from bot.adapter import DoorConfig
from tests.fakes.botframework import BotFramework
from tests.fakes.doors import Doors, House, production_config


async def test_a_foreign_tenant_is_403(office: House) -> None:
    activity = office.client.activity(text="waar")
    activity["conversation"]["tenantId"] = "22222222-2222-4222-8222-222222222222"
    assert (await office.client.post(activity)).status == 403
    assert office.handler.turns == []


async def test_half_a_foreign_tenant_is_403(office: House) -> None:
    """Teams writes the tenant in two places; one of ours does not make up for a foreign one."""
    activity = office.client.activity(text="waar")
    activity["channelData"]["tenant"]["id"] = "22222222-2222-4222-8222-222222222222"
    assert (await office.client.post(activity)).status == 403
    assert office.handler.turns == []


async def test_the_sandbox_keeps_to_the_tenants_it_is_given(doors: Doors) -> None:
    house = await doors.open(DoorConfig(allowed_tenants=frozenset({"another"})))
    assert (await house.client.write("waar")).status == 403


async def test_a_tenant_is_the_same_in_capitals(doors: Doors, framework: BotFramework) -> None:
    house = await doors.open(production_config(framework, allowed_tenants=frozenset({"AbC"})))
    activity = house.client.activity(text="waar")
    activity["conversation"]["tenantId"] = activity["channelData"]["tenant"]["id"] = "aBc"
    assert (await house.client.post(activity)).status == 200


async def test_a_foreign_channel_is_403(office: House) -> None:
    office.framework.keys = {"key-1": ["msteams", "webchat"]}
    assert (await office.client.write("waar", channelId="webchat")).status == 403


async def test_a_service_url_outside_the_allow_list_is_403_and_gets_no_token(office: House) -> None:
    elsewhere = f"{office.framework.url}/elsewhere/"
    office.client.token = office.framework.token(office.clock.now(), serviceurl=elsewhere)
    assert (await office.client.write("waar", serviceUrl=elsewhere)).status == 403
    assert office.framework.foreign == []
    assert office.framework.logins == []
