"""The minute's round: every part has its turn, whatever the others do."""

from bot.domain.health import Failure
from bot.jobs.round import Round
from bot.services import FakeHealth
from tests.fakes.botframework import utc


async def test_a_part_that_fails_stops_no_other(caplog):
    seen = []

    async def broken(_now):
        raise ValueError("Anouk is ziek")

    async def fine(now):
        seen.append(now)

    health = FakeHealth()
    await Round({"first": broken, "second": fine}, health).due(utc())
    assert seen == [utc()]
    assert health.counted == {Failure.TICK: 1}
    assert health.ticked_at == utc()
    assert "ziek" not in caplog.text
