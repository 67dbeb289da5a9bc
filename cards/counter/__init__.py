"""The cards of the counter: what a team needs and when, and asking for help without naming anybody.

Buttons are Action.Execute; what each verb carries, besides `l` (the language the card was drawn in):
  counter.show  team: a team's id; none = the team spoken in, or the asker's first
  counter.need  team; parts: "0.m" for Monday morning and so on; people: how many from now on; named: a place's id, or ""
  counter.busy  team
  counter.help  team; slot: "2026-11-24.m" for a day and its half
"""

from cards.counter.views import (
    BUSY,
    HELP,
    NEED,
    SHOW,
    AskedView,
    CounterProblemView,
    CounterSiteView,
    CounterView,
    HelpSettledView,
    HelpWantedView,
    NeedRow,
    NeedSet,
    WhichCounterView,
)
from cards.counter.wording import LETTERS, TYPED_HALVES

__all__ = [
    "BUSY",
    "HELP",
    "LETTERS",
    "NEED",
    "SHOW",
    "TYPED_HALVES",
    "AskedView",
    "CounterProblemView",
    "CounterSiteView",
    "CounterView",
    "HelpSettledView",
    "HelpWantedView",
    "NeedRow",
    "NeedSet",
    "WhichCounterView",
]
