"""The door to Teams: HTTP, authentication, codec, connector. botbuilder ends here."""

from bot.adapter.config import DoorConfig
from bot.adapter.connector import Connector
from bot.adapter.door import Door
from bot.adapter.pace import Pace
from bot.adapter.server import close_quietly, make_runner

__all__ = ["Connector", "Door", "DoorConfig", "Pace", "close_quietly", "make_runner"]
