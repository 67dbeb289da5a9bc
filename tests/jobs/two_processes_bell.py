"""The bot with one capability more, which rings; from so many hours after ten on a Monday. PORT and DATABASE_URL as ever."""

import sys
from datetime import timedelta
from pathlib import Path

import uvloop

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import app
from bot.logs import set_up_logs
from bot.settings import load_settings
from tests.proof import bell
from tests.proof.launch import Clock
from tests.proof.runs import OFFSET

if __name__ == "__main__":
    app.COMMANDS = (*app.COMMANDS, bell.BELL)
    set_up_logs("text")
    # A clock that runs: on a busy machine what misses its moment is due a second later.
    later = timedelta(hours=float(sys.argv[1])).total_seconds()
    uvloop.run(app.serve(load_settings(), Clock(OFFSET + later)))
