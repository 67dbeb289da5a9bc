"""Durable work: the engine of jobs and what it does every minute."""

from bot.jobs.engine import Jobs
from bot.jobs.round import make_round

__all__ = ["Jobs", "make_round"]
