"""The real bot with a tally, as a process of its own, on a Monday at ten.

    DATABASE_URL=... PORT=... python -m tests.jobs.tallying OFFSET

OFFSET is how many seconds its clock is ahead of the machine's.
"""

import sys
from datetime import UTC, datetime, timedelta

import uvloop

import app
from bot.logs import set_up_logs
from bot.settings import load_settings
from tests.jobs.tally import Tally


class Clock:
    """The machine's clock, moved."""

    def __init__(self, offset: float) -> None:
        self._offset = timedelta(seconds=offset)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset


def main(offset: str) -> None:
    app.COMMANDS = (Tally().command(), *app.COMMANDS)
    set_up_logs("json")
    uvloop.run(app.serve(load_settings(), Clock(float(offset))))


if __name__ == "__main__":
    main(*sys.argv[1:])
