"""The views of the counter and of the introduction that golden cards and pictures are made of."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from cards.counter import (
    BUSY,
    NEED,
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
from cards.drawing import View
from cards.introduction import IntroductionView
from cards.where import TeamChoice
from tests.cards.invented import TEAM, TODAY

GROUP = TeamChoice("19:overleg-vergunningen@thread.v2", "")
ROWS = (
    NeedRow(TODAY, "afternoon", 1, covered=True),
    NeedRow(date(2026, 11, 26), "morning", 2, covered=False, site="Stadskantoor"),
    NeedRow(date(2026, 11, 30), "morning", 2, covered=False, site="Stadskantoor"),
)
SET = NeedSet(((0, "morning"), (3, "morning")), 2, "Stadskantoor")
FULL_WEEK = tuple(
    NeedRow(TODAY + timedelta(days=day), part, 20, covered=bool(day % 2), site="Dienstencentrum De Oude Bibliotheek")
    for day in range(7)
    for part in ("morning", "afternoon")
)
TEAMS = tuple(TeamChoice(f"19:{number}@thread.tacv2", f"Team nummer {number}") for number in range(30))

COUNTER: Mapping[str, Callable[[], View]] = {
    "counter": lambda: CounterView(TEAM, TODAY, ROWS, others=(GROUP,)),
    "counter_empty": lambda: CounterView(GROUP, TODAY, ()),
    "counter_set": lambda: CounterView(TEAM, TODAY, ROWS, changed=SET),
    "counter_removed": lambda: CounterView(TEAM, TODAY, ROWS[:1], changed=NeedSet(((0, "morning"),), 0)),
    "counter_full": lambda: CounterView(TEAM, TODAY, FULL_WEEK, others=TEAMS),
    **{
        f"counter_{problem}": partial(CounterView, TEAM, TODAY, ROWS, None, problem)
        for problem in ("days", "half", "number", "site")
    },
    **{f"counter_{problem}_alone": partial(CounterProblemView, problem) for problem in ("over", "night", "weekend")},
    "counter_which": lambda: WhichCounterView((TEAM, GROUP), BUSY),
    "counter_which_set": lambda: WhichCounterView((TEAM, GROUP), NEED, SET, "k3f9"),
    "counter_short": lambda: HelpWantedView(TEAM.id, date(2026, 11, 30), "morning", TODAY, 2),
    "counter_short_site": lambda: HelpWantedView(
        TEAM.id, TODAY + timedelta(days=1), "afternoon", TODAY, 1, "Stadskantoor"
    ),
    "counter_busy": lambda: HelpWantedView(TEAM.id, TODAY, "afternoon", TODAY),
    "counter_busy_site": lambda: HelpWantedView(TEAM.id, TODAY, "morning", TODAY, None, "Stadskantoor"),
    "counter_settled": lambda: HelpSettledView(date(2026, 11, 30), "morning"),
    "counter_settled_site": lambda: HelpSettledView(TODAY, "afternoon", "Stadskantoor"),
    "counter_closed_site": lambda: HelpSettledView(TODAY, "afternoon", "Stadskantoor", closed=True),
    "counter_help_over": lambda: HelpSettledView(TODAY, "morning", over=True),
    "counter_help_over_site": lambda: HelpSettledView(TODAY, "afternoon", "Stadskantoor", over=True),
    "counter_at_which_site": lambda: CounterSiteView(
        TODAY + timedelta(days=1), "morning", TODAY, (("s1", "Stadskantoor"), ("s2", "Wijkpost Noord"))
    ),
    "counter_asked": lambda: AskedView(TEAM, "14:05"),
    "counter_asked_again": lambda: AskedView(GROUP, "14:05", again=True),
    "introduction": lambda: IntroductionView(installer="Fatima El Amrani"),
    "introduction_unknown": lambda: IntroductionView("Samen (proef)"),
}
