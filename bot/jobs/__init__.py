"""Durable work: the engine of jobs and what it does every minute."""

from bot.jobs.engine import Jobs

__all__ = ["Jobs"]
