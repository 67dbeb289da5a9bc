"""Which single sign-on exchanges came a moment ago: each of a person's clients sends the same one."""

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.services.clock import Clock
from bot.turn import Turn

AGAIN = timedelta(minutes=1)  # a person's clients are within seconds of each other
REMEMBERED = 1024


class Exchanges:
    """Kept in this process only: an exchange done twice is harmless, it is consent that should be asked for once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: OrderedDict[tuple[str, str, str], datetime] = OrderedDict()

    def again(self, turn: Turn, exchange: str) -> bool:
        """Whether this one was here within the last minute; if not, it is from now on."""
        key, now = _key(turn, exchange), self._clock.now()
        until = self._until.get(key)
        if until is not None and now < until:
            return True
        self._until[key] = now + AGAIN
        self._until.move_to_end(key)
        while len(self._until) > REMEMBERED:
            self._until.popitem(last=False)
        return False

    def forget(self, turn: Turn, exchange: str) -> None:
        """It is asked for anew, or nobody knows what came of it."""
        self._until.pop(_key(turn, exchange), None)


def _key(turn: Turn, exchange: str) -> tuple[str, str, str]:
    return turn.key.tenant, turn.actor.channel_user_id, exchange
