"""Every view that golden cards and pictures are made of. Everybody in them is invented."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from cards.drawing import View
from cards.help import EVERY, HelpView
from cards.language import LanguageView
from cards.notices import (
    BusyView,
    CannotReachView,
    NotAllowedView,
    OldCardView,
    OverView,
    SentPrivatelyView,
    SwitchedOffView,
    TroubleView,
)
from cards.sign_in import SignInView
from cards.team import ChooseTeamView, TeamView
from tests.cards.admin_cases import ADMIN
from tests.cards.board_cases import BOARDS
from tests.cards.counter_cases import COUNTER
from tests.cards.focus_cases import FOCUS_CASES
from tests.cards.invented import GROUP, TEAM, TODAY
from tests.cards.owndata_cases import OWN_DATA
from tests.cards.pattern_cases import PATTERN
from tests.cards.plan_cases import PLANS
from tests.cards.reach_cases import REACHING
from tests.cards.sites_cases import SITES
from tests.cards.start_cases import START
from tests.cards.today_cases import TODAY_CASES
from tests.cards.weekask_cases import WEEKASK

COMMANDS = ("where", "who", "today", "done", "focus", "reach", "privacy", "language", "help")
IN_TEAM = (*COMMANDS[:-1], "team", "counter", "help")
TO_ADMINISTER = (*COMMANDS[:-1], "sites", "locations", "admin", "help")

CASES: Mapping[str, Callable[[], View]] = {
    **OWN_DATA,
    **WEEKASK,
    **COUNTER,
    **PATTERN,
    **SITES,
    **TODAY_CASES,
    **FOCUS_CASES,
    **BOARDS,
    **PLANS,
    **ADMIN,
    **REACHING,
    **START,
    "team": lambda: TeamView(TEAM, "nl", TODAY, ("1.m", "3.m", "3.a")),
    "team_empty": lambda: TeamView(TEAM, "en", TODAY),
    "team_set": lambda: TeamView(TEAM, "nl", TODAY, ("1.m",), "set", undo=()),
    "team_removed": lambda: TeamView(TEAM, "nl", TODAY, (), "removed", undo=("1.m",)),
    "team_unchanged": lambda: TeamView(TEAM, "nl", TODAY, ("1.m",), "unchanged"),
    **{f"team_{problem}": partial(TeamView, TEAM, "nl", TODAY, problem=problem) for problem in ("unknown", "no_parts")},
    "team_which_half": lambda: TeamView(TEAM, "nl", TODAY, problem="which_half", offers=(("1.a",), ("1.m",))),
    "choose_team": lambda: ChooseTeamView((TEAM, GROUP)),
    "choose_team_set": lambda: ChooseTeamView((TEAM, GROUP), ("1.m",)),
    "choose_team_remove": lambda: ChooseTeamView((TEAM, GROUP), ()),
    "choose_team_none": ChooseTeamView,
    "help": lambda: HelpView(commands=COMMANDS),
    "help_group": lambda: HelpView(reason="empty", scope="group", commands=IN_TEAM),
    "help_admin": lambda: HelpView(admin=True, commands=TO_ADMINISTER),
    "help_own_data": lambda: HelpView(
        commands=COMMANDS, topic=("privacy", "mydata", "pause", "stop", "start", "forget")
    ),
    "help_all": lambda: HelpView(
        commands=tuple(name for name in EVERY if name not in {"locations", "admin"}), everything=True
    ),
    "help_all_admin": lambda: HelpView(admin=True, commands=EVERY, everything=True),
    "help_near": lambda: HelpView(reason="near", commands=COMMANDS, topic=("today",)),
    "help_unknown": lambda: HelpView(reason="unknown", commands=COMMANDS),
    "help_attachment": lambda: HelpView(reason="attachment", commands=COMMANDS),
    "sign_in": lambda: SignInView("https://token.botframework.com/api/oauth/signin?signin=1", "graph"),
    "sign_in_unavailable": SignInView,
    "language": lambda: LanguageView("nl"),
    "language_changed": lambda: LanguageView("en", changed=True),
    "language_team": lambda: LanguageView("nl", "team", "Team Omgeving", changed=True),
    "language_unknown": lambda: LanguageView("nl", problem="unknown_language"),
    "language_no_team": lambda: LanguageView("nl", "team", problem="no_team"),
    "notice_sent_privately": lambda: SentPrivatelyView("Anneke"),
    "notice_cannot_reach": lambda: CannotReachView("Anneke"),
    "notice_trouble": TroubleView,
    "notice_busy": BusyView,
    "notice_over": lambda: OverView(date(2026, 11, 22)),
    "notice_deleted": lambda: OverView(None),
    "notice_old_card": OldCardView,
    **{
        f"notice_off_{capability}": partial(SwitchedOffView, capability)
        for capability in ("where", "reach", "closing", "counter", "focus")
    },
    **{f"notice_not_{why}": partial(NotAllowedView, why) for why in ("admin", "guest", "scope")},
}
