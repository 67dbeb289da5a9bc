"""One run through a batch of deliveries: worded a few at a time, each sent at its own moment and settled by itself."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.domain.pace import Slot
from bot.errors import Overtaken
from bot.jobs.outcomes import Outcomes
from bot.jobs.saying import Means, Saying, Worded
from bot.outgoing import Delivery
from bot.services.sending import Batch

# Deliveries that are looked up and worded together.
TOGETHER = 20
# Messages on their way at once: at 250 a second in two processes and 100 ms each there are 13.
UNDER_WAY = 40
# Seconds. What was worded longer ago when its moment is known is looked at anew.
SOON = 1.0

Word = Callable[[Sequence[Delivery], Outcomes], Awaitable[Sequence[Worded]]]


class Run:
    """Ends when nothing of the batch is left, when another run has taken it over, or when the process stops."""

    def __init__(self, rows: Batch, means: Means, word: Word, outcomes: Outcomes) -> None:
        self._rows, self._means, self._word, self._outcomes = rows, means, word, outcomes
        self._saying = Saying(rows, means, outcomes)
        self._under_way: set[asyncio.Task[None]] = set()
        self._overtaken = False
        self._error: BaseException | None = None

    async def work(self) -> None:
        """Send what can be sent, and leave the rest to others. Raises what the store raised."""
        try:
            while not self._ends and (chunk := await self._next()):
                await self._begin(chunk)
                await self._rest(UNDER_WAY)
        except Exception as error:  # noqa: BLE001 - raised once what is on its way has come to its end
            self._error = self._error or error
        finally:
            await self._rest(0)
            await self.leave()
        if self._error:
            raise self._error

    async def leave(self) -> None:
        """Let others have what is left. Raises what the store raises: then it is worth trying again."""
        await self._rows.leave(self._now(), self._saying.unsaid, trouble=self._error is not None)

    @property
    def _ends(self) -> bool:
        return self._overtaken or self._error is not None or self._means.closing.is_set()

    def _now(self) -> datetime:
        return self._means.services.clock.now()

    async def _next(self) -> Sequence[Delivery]:
        chunk = await self._rows.claim(self._now(), TOGETHER)
        if not chunk:
            # From another run only with empty hands: of two that take from each other one has to go on.
            await self._rest(0)
            chunk = () if self._ends else await self._rows.take_over(self._now(), TOGETHER)
        return chunk

    async def _begin(self, chunk: Sequence[Delivery]) -> None:
        worded = await self._word(chunk, self._outcomes)
        slots = await self._means.pace.reserve([one.pace_name for one in worded])
        spoken = [(one, slot) for one, slot in zip(worded, slots, strict=True) if slot.mine]
        for one, slot in await self._still_so(spoken):
            task = asyncio.create_task(self._saying.say(one, slot))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        busy = [(one.delivery, slot) for one, slot in zip(worded, slots, strict=True) if not slot.mine]
        await self._outcomes.not_free(busy, self._now())

    async def _still_so(self, spoken: Sequence[tuple[Worded, Slot]]) -> Sequence[tuple[Worded, Slot]]:
        """Where there was no moment for a while everything is looked at anew: meanwhile somebody may have said stop."""
        if all(one.age < SOON for one, _ in spoken):
            return spoken
        anew = {one.delivery.id: one for one in await self._word([one.delivery for one, _ in spoken], self._outcomes)}
        return [(anew[one.delivery.id], slot) for one, slot in spoken if one.delivery.id in anew]

    async def _rest(self, most: int) -> None:
        """Wait until no more than so many messages are on their way."""
        while len(self._under_way) > most:
            await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, Overtaken):
            self._overtaken = True
        elif error:
            self._error = self._error or error
