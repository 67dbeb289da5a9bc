"""What a handler may reach outside its own head: one Protocol per thing outside the process."""

from bot.services.accounts import NO_ACCOUNTS, Accounts, owner_of
from bot.services.clock import Clock, FakeClock, SystemClock
from bot.services.defaults import Defaults
from bot.services.health import FakeHealth, Health
from bot.services.rosters import Rosters
from bot.services.services import Services
from bot.services.units import ReadUnit, Units, WriteUnit

__all__ = [
    "NO_ACCOUNTS",
    "Accounts",
    "Clock",
    "Defaults",
    "FakeClock",
    "FakeHealth",
    "Health",
    "ReadUnit",
    "Rosters",
    "Services",
    "SystemClock",
    "Units",
    "WriteUnit",
    "owner_of",
]
