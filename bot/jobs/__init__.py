"""Durable work: the engine of jobs, what it does every minute, and what is sent as soon as it can go."""

from bot.jobs.engine import Jobs
from bot.jobs.nudge import Nudge
from bot.jobs.round import Timed

__all__ = ["Jobs", "Nudge", "Timed"]
