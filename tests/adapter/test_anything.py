"""Whatever somebody sends, the door answers below 500."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.botframework import TENANT
from tests.fakes.doors import House
from tests.fakes.teams_client import BOT, PERSONAL

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=12,
)
ENOUGH = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@ENOUGH
@given(raw=st.binary(max_size=200))
async def test_any_bytes_are_answered_below_500(sandbox: House, raw: bytes) -> None:
    assert (await sandbox.client.post_raw(raw)).status == 400


@ENOUGH
@given(body=ANYTHING)
async def test_any_json_is_answered_below_500(sandbox: House, body: Any) -> None:
    assert (await sandbox.client.post(body)).status == 400


FIELDS = [
    "id",
    "type",
    "text",
    "name",
    "value",
    "from",
    "recipient",
    "conversation",
    "channelData",
    "entities",
    "attachments",
    "timestamp",
    "localTimestamp",
    "locale",
    "localTimezone",
    "deliveryMode",
    "membersAdded",
    "membersRemoved",
    "replyToId",
    "action",
    "reactionsAdded",
    "suggestedActions",
    "relatesTo",
]
KINDS = [
    "message",
    "invoke",
    "conversationUpdate",
    "installationUpdate",
    "messageReaction",
    "event",
    "endOfConversation",
]
NAMES = [
    "adaptiveCard/action",
    "task/fetch",
    "signin/tokenExchange",
    "signin/failure",
    "config/fetch",
    "application/search",
]


@ENOUGH
@given(
    kind=st.sampled_from(KINDS),
    name=st.sampled_from(NAMES) | st.text(max_size=20),
    changed=st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=3),
    value=st.fixed_dictionaries({}, optional={"action": ANYTHING, "data": ANYTHING, "id": ANYTHING, "verb": ANYTHING}),
)
async def test_any_activity_with_any_parts_is_answered_below_500(
    sandbox: House, kind: str, name: str, changed: dict[str, Any], value: dict[str, Any]
) -> None:
    activity = {
        "type": kind,
        "name": name,
        "value": value,
        "channelId": "msteams",
        "serviceUrl": sandbox.client.service_url,
        "from": {"id": "29:anouk", "aadObjectId": "a"},
        "recipient": BOT,
        "conversation": {"id": PERSONAL.id, "conversationType": "personal", "tenantId": TENANT},
    }
    assert (await sandbox.client.post(activity | changed)).status in (200, 400, 412)
