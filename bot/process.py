"""This process: how it is told to stop, and what its collector of cycles looks at."""

import asyncio
import faulthandler
import gc
import os
import signal
import threading

from bot.logs import get_logger

log = get_logger(__name__)

LONGEST_STOP_SECONDS = 9.5  # a stop is promised within 10; what it cuts short others take up, as after a kill
COLLECT_AFTER = 20_000  # new containers that are still there: some 30 turns' worth


def spare_the_collector() -> None:
    """Have Python's collector of cycles look only at what comes from now on: what is here stays.

    It took a fifth of the time of a turn to look through modules and tables over and over again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)


class StopAsked:
    """Whether SIGTERM or Ctrl-C came. The first one counts; before `wait` it ends the start, by cancelling its task."""

    def __init__(self) -> None:
        self._event, self._starting = asyncio.Event(), asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._told)

    @property
    def asked(self) -> bool:
        return self._event.is_set()

    async def wait(self) -> None:
        self._starting = None
        await self._event.wait()

    def close(self) -> None:
        """All is done: whoever says it once more does not make it a crash."""
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().remove_signal_handler(number)
            if self.asked:
                signal.signal(number, signal.SIG_IGN)

    def _told(self) -> None:
        if self.asked:
            return
        self._event.set()
        late = threading.Timer(LONGEST_STOP_SECONDS, _cut_short)
        late.daemon = True
        late.start()
        if self._starting:
            self._starting.cancel()


def _cut_short() -> None:
    """The engine's threads wait for ever for a database that is away; the process does not."""
    log.error("stop_cut_short")
    faulthandler.dump_traceback()  # names of functions, no values
    os._exit(1)
