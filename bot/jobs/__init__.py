"""Durable work: the engine of jobs, what it does every minute, and what is asked of it by name."""

from bot.jobs.engine import Jobs
from bot.jobs.round import Timed

__all__ = ["Jobs", "Timed"]
