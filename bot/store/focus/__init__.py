"""Focus sessions: rows that say what is wanted and what was done, and jobs that bring Teams and the calendar in line."""

from bot.store.focus.kept import KeptSessionRows
from bot.store.focus.sessions import FocusRows

__all__ = ["FocusRows", "KeptSessionRows"]
