"""The cards of `/where`: the board, my plan, what was set, what was unclear.

Buttons are Action.Execute; what each verb carries, besides `l` (the language the card was drawn in):
  where.set    parts: list of day-part texts (below); from: "plan", "today" or "done" when pressed on that card
  where.choose chosen: what was picked in the drop-down of places: day-part texts with a comma between; from: likewise
  where.undo   parts: the previous values; was: those that were set, for what is newer is left alone; from: likewise
  where.plan   slot: "2026-11-23" (whole day) or "2026-11-23.m" to open choices; kind: the kind chosen so far
  where.board  day: "2026-11-23"; team: a team id; page: a number from 0
  where.share  team: a team id; on: true or false
  where.week   day: a day of the week to see, none = the one that matters now; team: a team id
  who.find     day; place and named, or kind, or both; part: "m" or "a" when only that half is asked about
  who.show     nothing
  where.follow parts: day-part texts that follow the pattern again, whatever they hold; from: likewise
  where.pattern       usual: "odd.4" (whole day) or "odd.4.m" to open choices; kind: the kind chosen so far
  where.pattern_set   lines: list of pattern lines (below)
  where.pattern_choose  chosen: pattern lines with a comma between
  where.pattern_undo  lines: the previous values; was: those that were set
A pattern line is "<every|even|odd>.<weekday, Monday = 0>.<m|a>.<place>.<named id>.<kind>".
A day-part text is "<day>.<m|a>.<place>.<named id>.<kind>", for example "2026-11-23.m.site.k3f9.counter" or
"2026-11-23.a.home.." ; an empty place ("2026-11-23.m...") empties the day-part.
"""

from cards.where.stays import KindRows, PartStay, PlaceRow, Spot, Stay, TeamChoice, UsualStay, Who
from cards.where.views import (
    AskAgainView,
    Asked,
    AtClosed,
    BoardView,
    ChangedPattern,
    ChangedView,
    FoundView,
    HomeView,
    NoTeamView,
    Offer,
    PatternView,
    PlanView,
    SharingView,
    UnclearPatternView,
    UnclearView,
    WeekDay,
    WeekView,
)

__all__ = [
    "AskAgainView",
    "Asked",
    "AtClosed",
    "BoardView",
    "ChangedPattern",
    "ChangedView",
    "FoundView",
    "HomeView",
    "KindRows",
    "NoTeamView",
    "Offer",
    "PartStay",
    "PatternView",
    "PlaceRow",
    "PlanView",
    "SharingView",
    "Spot",
    "Stay",
    "TeamChoice",
    "UnclearPatternView",
    "UnclearView",
    "UsualStay",
    "WeekDay",
    "WeekView",
    "Who",
]
