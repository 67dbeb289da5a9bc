"""The bot with one capability more, which rings; at so many hours after noon on a Monday. PORT and DATABASE_URL as ever."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvloop

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import app
from bot.logs import set_up_logs
from bot.services import FakeClock
from bot.settings import load_settings
from tests.proof import bell

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

if __name__ == "__main__":
    app.COMMANDS = (*app.COMMANDS, bell.BELL)
    set_up_logs("text")
    uvloop.run(app.serve(load_settings(), FakeClock(NOON + timedelta(hours=float(sys.argv[1])))))
