"""What people do with the tally, and what stands in the team then."""

from datetime import UTC, datetime, timedelta

from bot.jobs import Timed
from tests.conversations.town import CHANNEL, TEAM_ID, Button, Town, Unhurried

FAR = datetime(2036, 1, 1, tzinfo=UTC)
PRESS = Button("+", "tally.press", {"all": True})
MINUTE = timedelta(minutes=1)


def other(town: Town) -> Timed:
    """Another process's timed work, on the same store."""
    return Timed(town.commands, town.services, Unhurried(town.store), town.door, life="other")


def stands(town: Town) -> list[str]:
    """What stands in the team now."""
    there = [asked.body for asked in town.teams.messages.values() if asked.path[2] == TEAM_ID]
    return [body["attachments"][0]["content"]["fallbackText"] for body in there if body.get("attachments")]


def asked(town: Town, method: str, start: int = 0) -> list:
    return [one for one in town.teams.asked[start:] if one.method == method and one.path[2] == TEAM_ID]


async def presses(town: Town, *people) -> None:
    for who in people:
        await town.presses(PRESS, who, CHANNEL)


async def failures(town: Town) -> dict[str, int]:
    await town.store.health.flush()
    return dict((await town.store.health.report()).failures)


async def rows(town: Town) -> int:
    """How many living cards are kept."""
    return await town.store.living.due(FAR)
