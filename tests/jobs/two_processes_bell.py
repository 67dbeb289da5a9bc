"""The bot with two capabilities more: one rings, and one hangs. From so many hours after ten on a Monday.

PORT and DATABASE_URL as ever.
"""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import uvloop

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import app
from bot.dispatcher import Command
from bot.logs import set_up_logs
from bot.settings import load_settings
from bot.turn import Answer
from tests.proof import bell
from tests.proof.launch import Clock
from tests.proof.runs import OFFSET


def parse(text: str, *_: object) -> str | None:
    """ "hang" or "hang on"."""
    return text if text in {"hang", "hang on"} else None


async def hang(_ask: object, how: str, _services: object) -> Answer:
    """Never ends; asked to hang on it does not when it is told to either."""
    sys.stderr.write("it hangs\n")
    sys.stderr.flush()
    while True:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            if how == "hang":
                raise


HANG = Command("hang", lambda *_: None, hang, guess=parse)

if __name__ == "__main__":
    app.COMMANDS = (*app.COMMANDS, bell.BELL, HANG)
    set_up_logs("text")
    # A clock that runs: on a busy machine what misses its moment is due a second later.
    later = timedelta(hours=float(sys.argv[1])).total_seconds()
    uvloop.run(app.serve(load_settings(), Clock(OFFSET + later)))
