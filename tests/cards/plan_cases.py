"""The views of one's own plan: shown, changed, shared or not understood, for golden cards and pictures."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from cards.drawing import View
from cards.where import (
    ChangedView,
    HomeView,
    NoTeamView,
    Offer,
    PartStay,
    PlanView,
    SharingView,
    Spot,
    Stay,
    TeamChoice,
    UnclearView,
)
from tests.cards.board_cases import board, team_of_six
from tests.cards.invented import (
    BRANCH,
    GROUP,
    HOME,
    LIBRARY,
    MANY_SPOTS,
    OFF,
    RESIDENT,
    SPOTS,
    TEAM,
    TODAY,
    TOWN_HALL,
    parts,
)

WEEK = {
    (0, "morning"): Stay(HOME, "focus"),
    (0, "afternoon"): Stay(HOME, "focus"),
    (1, "morning"): Stay(TOWN_HALL, "together"),
    (1, "afternoon"): Stay(LIBRARY),
    (2, "afternoon"): Stay(RESIDENT, "consultation"),
    (3, "morning"): Stay(OFF),
    (3, "afternoon"): Stay(OFF),
    (5, "morning"): Stay(Spot("third"), "together"),
    (6, "morning"): Stay(BRANCH, "counter"),
    (6, "afternoon"): Stay(BRANCH, "counter"),
}
PARTS = parts(TODAY, 9, WEEK)
PLAN = PlanView(TODAY, PARTS, teams=(TEAM, GROUP), shown_to=(TEAM,))
CHANGED = ChangedView(
    TODAY,
    parts(TODAY + timedelta(days=1), 1, {(0, "morning"): Stay(HOME, "focus"), (0, "afternoon"): Stay(HOME, "focus")}),
    undo=parts(TODAY + timedelta(days=1), 1),
    offer=(TEAM,),
    board=replace(team_of_six(), day=TODAY + timedelta(days=1), sharing=False),
)
TODAY_PARTS = parts(TODAY, 1)
FRIDAY = date(2026, 12, 4)


def unclear(problem: str) -> UnclearView:
    """An unclear sentence of each sort, filled as the commands fill it."""
    view = UnclearView(problem, TODAY)
    if problem in {"no_place", "address", "leftover", "empty_choice"}:
        kind = "counter" if problem == "no_place" else None
        return replace(view, parts=TODAY_PARTS, kind=kind, spots=SPOTS)
    if problem == "leftover_known":
        at_home = tuple(replace(part, stay=Stay(HOME)) for part in TODAY_PARTS)
        return replace(view, problem="leftover", parts=at_home, spot=HOME)
    if problem == "no_daypart_no_place":
        return replace(view, problem="no_daypart", parts=TODAY_PARTS, kind="counter")
    if problem in {"typo", "no_daypart", "two_places", "which_day"}:
        return replace(view, parts=TODAY_PARTS[1:], spot=None, offers=_offers(problem))
    return view


def _offers(problem: str) -> tuple[Offer, ...]:
    morning, afternoon = TODAY_PARTS
    at_home, at_hall = Stay(HOME), Stay(TOWN_HALL)
    return {
        "typo": (Offer((replace(morning, stay=at_home), replace(afternoon, stay=at_home))),),
        "no_daypart": (Offer((replace(morning, stay=at_home),)), Offer((replace(afternoon, stay=at_home),))),
        "which_day": (Offer((replace(afternoon, stay=at_home),)), Offer((PartStay(FRIDAY, "morning", at_home),))),
        "two_places": (Offer((replace(afternoon, stay=at_home),)), Offer((replace(afternoon, stay=at_hall),))),
    }[problem]


PROBLEMS = (
    "no_place",
    "no_daypart",
    "no_daypart_no_place",
    "two_places",
    "which_day",
    "past",
    "too_far",
    "no_such_day",
    "address",
    "leftover",
    "leftover_known",
    "typo",
    "empty_choice",
    "no_pattern",
)

PLANS: Mapping[str, Callable[[], View]] = {
    "plan_closed": lambda: PLAN,
    "plan_empty": lambda: PlanView(TODAY, parts(TODAY, 9), teams=(TEAM,)),
    "plan_open_day": lambda: replace(PLAN, opened=PARTS[4:6], spots=SPOTS),
    "plan_open_part": lambda: replace(
        PLAN, opened=PARTS[1:2], kind="focus", spots=(HOME, LIBRARY, *SPOTS[:2]), suggested=2
    ),
    "plan_changed": lambda: replace(PLAN, changed=replace(CHANGED, board=None, offer=())),
    "plan_many_places": lambda: replace(PLAN, opened=PARTS[4:6], spots=MANY_SPOTS),
    "plan_usual": lambda: replace(
        PLAN, parts=parts(TODAY, 9, {key: replace(at, usual=True) for key, at in WEEK.items()})
    ),
    "plan_quiet": lambda: replace(PLAN, quiet=True),
    "plan_differs": lambda: replace(PLAN, opened=PARTS[4:6], spots=SPOTS, differs=True),
    "home": lambda: HomeView(PLAN, team_of_six()),
    "home_alone": lambda: HomeView(PlanView(TODAY, parts(TODAY, 9))),
    "changed": lambda: CHANGED,
    "changed_quiet": lambda: replace(CHANGED, quiet=True, shown_to=(TEAM,), board=replace(board(0), quiet=True)),
    "changed_same": lambda: replace(CHANGED, unchanged=True, undo=()),
    "changed_nothing_back": lambda: replace(CHANGED, undone=True, unchanged=True, kept_newer=True, undo=()),
    "changed_week": lambda: ChangedView(TODAY, PARTS, undo=PARTS[:2], shown_to=(TEAM, GROUP)),
    "changed_undone": lambda: replace(CHANGED, undone=True, undo=(), board=None, offer=(), shown_to=(TEAM,)),
    **{f"unclear_{problem}": partial(unclear, problem) for problem in PROBLEMS},
    "sharing_on": lambda: SharingView(TEAM, on=True),
    "sharing_quiet": lambda: SharingView(TEAM, on=True, quiet=True),
    "sharing_off": lambda: SharingView(TEAM, on=False),
    "sharing_off_already": lambda: SharingView(TeamChoice("19:x", ""), on=False, changed=False),
    "no_team": NoTeamView,
    "no_team_choose": lambda: NoTeamView((TEAM, GROUP), "share_on"),
}
