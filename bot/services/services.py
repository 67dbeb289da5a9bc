"""Services: what `app.py` wires once and every handler receives."""

from dataclasses import dataclass

from bot.services.accounts import NO_ACCOUNTS, Accounts
from bot.services.clock import Clock
from bot.services.defaults import Defaults
from bot.services.focusing import Focusing
from bot.services.health import Health
from bot.services.rosters import Rosters
from bot.services.units import Units


@dataclass(frozen=True, slots=True)
class Services:
    clock: Clock
    units: Units
    rosters: Rosters
    defaults: Defaults
    health: Health
    focusing: Focusing
    accounts: Accounts = NO_ACCOUNTS
