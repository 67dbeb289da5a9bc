"""The views of how to reach somebody, for golden cards and pictures."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from cards.drawing import View
from cards.reach import ChooseColleagueView, MyReachView, ReachRule, ReachView, UnknownReachView, Way
from cards.where import Stay
from tests.cards.invented import GROUP, HOME, OFF, TEAM, TODAY, TOWN_HALL

RULES = (ReachRule("normal", "chat", 240, 540, 1020), ReachRule("urgent", "call", None, 480, 1080))
NO_RULES = (ReachRule("normal"), ReachRule("urgent"))
MY_REACH = MyReachView(RULES, TODAY, shown_to=(TEAM,), others=(GROUP,))
REACH = ReachView(
    "Joris Peeters",
    TODAY,
    (Way("normal", "chat", "later", 240, 750, 1020), Way("urgent", "call", "now", None, None, 1080)),
    now=Stay(TOWN_HALL, "counter"),
    later=Stay(HOME),
    noon=750,
    address="joris.peeters@gemeente.example",
)

REACHING: Mapping[str, Callable[[], View]] = {
    "reach_mine": lambda: MY_REACH,
    "reach_mine_empty": lambda: MyReachView(NO_RULES, TODAY, others=(TEAM, GROUP)),
    "reach_mine_saved": lambda: replace(MY_REACH, shown_to=(), others=(TEAM,), changed="saved", undo=NO_RULES),
    "reach_mine_undone": lambda: MyReachView(NO_RULES, TODAY, changed="undone", asked_openly=True),
    "reach_mine_same": lambda: replace(MY_REACH, changed="same", quiet=True),
    **{
        f"reach_mine_{changed}": partial(replace, MY_REACH, changed=changed, team=TEAM)
        for changed in ("shared", "already_shared", "unshared", "not_shared")
    },
    **{
        f"reach_mine_{problem}": partial(replace, MY_REACH, problem=problem)
        for problem in ("unclear", "address", "hours", "no_team", "which_team")
    },
    "reach_colleague": lambda: REACH,
    "reach_colleague_rules_only": lambda: replace(
        REACH,
        ways=(Way("normal", "mail", "working", 1440), Way("urgent", "desk", "later", 15, 780)),
        now=None,
        later=None,
        address=None,
        mentioned=True,
    ),
    "reach_colleague_focus": lambda: replace(REACH, focus=690),
    "reach_colleague_only_focus": lambda: replace(REACH, ways=(), focus=690),
    "reach_colleague_not_working": lambda: replace(
        REACH, ways=(Way("normal", "chat", "over"), Way("urgent", "call", "over")), now=Stay(OFF), later=None
    ),
    "reach_colleague_afternoon": lambda: replace(REACH, ways=(Way("urgent", "call", "now"),), now=None),
    "reach_unknown": UnknownReachView,
    "reach_unknown_mentioned": lambda: UnknownReachView(mentioned=True),
    "reach_choose": lambda: ChooseColleagueView((("a1", "Joris Peeters"), ("a2", "Joris Visser"))),
}
