"""What is kept: every table, and for every table about people why, who sees it and for how long."""

from bot.store.tables.columns import Expires, Keeping, Moment, OnForget, metadata
from bot.store.tables.focus import focus, focus_choice
from bot.store.tables.organisation import audit, capability, tenant_setting
from bot.store.tables.people import pattern, person, plan, prompt, quiet_day, reach, reach_sharing, sharing
from bot.store.tables.places import closure, headcount, headcount_run, move, named_place, site_keeper
from bot.store.tables.teams import counter_ask, counter_need, roster, roster_member, team, team_together
from bot.store.tables.upkeep import delivery, failure, heartbeat, living_card, pace, seen_activity, sent_card

__all__ = [
    "Expires",
    "Keeping",
    "Moment",
    "OnForget",
    "audit",
    "capability",
    "closure",
    "counter_ask",
    "counter_need",
    "delivery",
    "failure",
    "focus",
    "focus_choice",
    "headcount",
    "headcount_run",
    "heartbeat",
    "living_card",
    "metadata",
    "move",
    "named_place",
    "pace",
    "pattern",
    "person",
    "plan",
    "prompt",
    "quiet_day",
    "reach",
    "reach_sharing",
    "roster",
    "roster_member",
    "seen_activity",
    "sent_card",
    "sharing",
    "site_keeper",
    "team",
    "team_together",
    "tenant_setting",
]
