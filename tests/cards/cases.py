"""The views that golden cards and pictures are made of. Everybody in them is invented."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from cards.admin import (
    ActLine,
    AdminView,
    DecisionView,
    FailureLine,
    HealthView,
    LogView,
    MinimumView,
    OffView,
    SwitchLine,
)
from cards.drawing import View
from cards.help import EVERY, HelpView
from cards.language import LanguageView
from cards.locations import LocationsView, NamedSpot
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
from cards.owndata import (
    DataSection,
    FileOfferView,
    FileView,
    ForgetView,
    JsonPartView,
    KeptLine,
    MyDataView,
    PauseView,
    PrivacyView,
    StopView,
)
from cards.reach import ChooseColleagueView, MyReachView, ReachRule, ReachView, UnknownReachView, Way
from cards.start import FirstView, LaterView, ResumedView, StartedView
from cards.team import ChooseTeamView, TeamView
from cards.where import (
    AskAgainView,
    Asked,
    BoardView,
    ChangedView,
    FoundView,
    HomeView,
    KindRows,
    NoTeamView,
    Offer,
    PartStay,
    PlaceRow,
    PlanView,
    SharingView,
    Spot,
    Stay,
    TeamChoice,
    UnclearView,
    WeekDay,
    WeekView,
    Who,
)
from tests.cards.counter_cases import COUNTER
from tests.cards.pattern_cases import PATTERN
from tests.cards.sites_cases import SITES
from tests.cards.today_cases import TODAY_CASES
from tests.cards.weekask_cases import WEEKASK

TODAY = date(2026, 11, 24)  # a Tuesday
PAUSES = (
    ("week", TODAY + timedelta(days=7)),
    ("weeks", TODAY + timedelta(days=14)),
    ("month", TODAY + timedelta(days=30)),
)
TEAM = TeamChoice("19:team-omgeving@thread.tacv2", "Team Omgeving")
GROUP = TeamChoice("19:overleg-vergunningen@thread.v2", "Overleg Vergunningen")
TOWN_HALL = Spot("site", "Stadskantoor", "k3f9")
BRANCH = Spot("site", "Stadskantoor Noord", "p0a2")
LIBRARY = Spot("library", "Bibliotheek Rozet", "z81x")
CAFE = Spot("third", "Café De Waag", "m4q7")
HOME, RESIDENT, CENTRE = Spot("home"), Spot("resident"), Spot("neighbourhood")
ROAD, OFF = Spot("road"), Spot("not_working")
SPOTS = (
    TOWN_HALL,
    BRANCH,
    HOME,
    RESIDENT,
    CENTRE,
    LIBRARY,
    Spot("library"),
    CAFE,
    Spot("third"),
    Spot("partner"),
    ROAD,
    Spot("walking"),
    Spot("elsewhere"),
    OFF,
)
MOMENT = datetime(2026, 11, 24, 9, 5)  # noqa: DTZ001 - in the reader's own zone
SWITCHES = (
    SwitchLine("where", True, date(2026, 11, 22), date(2026, 11, 20), "OR-besluit 2026/113", "OR en directie"),
    SwitchLine("reach", True),
    SwitchLine("closing", False),
    SwitchLine("counter", False, date(2026, 11, 23), reference="eerst overleg met de balie"),
)
ACTS = (
    ActLine(MOMENT, "Anneke Visser", "capability_off", "counter"),
    ActLine(MOMENT - timedelta(hours=18), None, "place_retired", "Stadskantoor Noord"),
    ActLine(MOMENT - timedelta(days=2), "Anneke Visser", "minimum_set", "8"),
    ActLine(MOMENT - timedelta(days=3), "Joris Peeters", "capability_on", "where"),
    ActLine(MOMENT - timedelta(days=4), "Joris Peeters", "keeper_set"),
    ActLine(MOMENT - timedelta(days=5), "Joris Peeters", "an_act_of_tomorrow"),
)
FIRST_NAMES = ("Anneke", "Joris", "Fatima", "Bram", "Lotte", "Sevda", "Wout", "Imane", "Pieter", "Noor")
LAST_NAMES = ("Visser", "Peeters", "El Amrani", "de Wit", "Claes", "Yıldız", "van den Berg", "Jacobs", "Bakker", "Maes")


def person(number: int) -> str:
    """An invented name; the first hundred differ, later ones carry a number."""
    name = f"{FIRST_NAMES[number % 10]} {LAST_NAMES[(number // 10 + number) % 10]}"
    return f"{name} {number // 100 + 1}" if number >= 100 else name


def board(people: int) -> BoardView:
    """A board with so many names, over every kind of work and several places."""
    shape = (
        ("focus", (HOME, LIBRARY, TOWN_HALL)),
        ("together", (TOWN_HALL, CAFE)),
        ("counter", (BRANCH,)),
        ("field", (RESIDENT, ROAD)),
        (None, (TOWN_HALL, HOME)),
        ("not_working", (OFF,)),
    )
    groups: dict[str | None, dict[Spot, list[Who]]] = {}
    for number in range(people):
        kind, spots = shape[number % len(shape)]
        spot = spots[number // len(shape) % len(spots)]
        groups.setdefault(kind, {}).setdefault(spot, []).append(_who(number, kind, spot))
    return BoardView(TEAM, TODAY, TODAY, _rows(groups), others=(GROUP,))


def _who(number: int, kind: str | None, spot: Spot) -> Who:
    if kind == "not_working" or number % 7 not in {1, 4}:
        return Who(person(number))
    other = Stay(HOME if spot != HOME else TOWN_HALL, "focus" if kind else None)
    return Who(person(number), "morning", other if number % 7 == 1 else None)


def _rows(groups: Mapping[str | None, Mapping[Spot, list[Who]]]) -> tuple[KindRows, ...]:
    return tuple(
        KindRows(kind, tuple(PlaceRow(spot, tuple(people)) for spot, people in places.items()))
        for kind, places in groups.items()
    )


def team_of_six() -> BoardView:
    """The board of the README: six people, the demo municipality."""
    kinds = (
        KindRows(
            "focus", (PlaceRow(HOME, (Who("Anneke Visser"), Who("Lotte Claes", "morning", Stay(CENTRE, "counter")))),)
        ),
        KindRows("together", (PlaceRow(TOWN_HALL, (Who("Fatima El Amrani"), Who("Joris Peeters"))),)),
        KindRows("field", (PlaceRow(RESIDENT, (Who("Sevda Yıldız", "afternoon"),)),)),
        KindRows("not_working", (PlaceRow(OFF, (Who("Bram de Wit"),)),)),
    )
    return BoardView(TEAM, TODAY, TODAY, kinds, sharing=True, others=(GROUP,))


def parts(first: date, days: int, stays: Mapping[tuple[int, str], Stay] | None = None) -> tuple[PartStay, ...]:
    """The day-parts of so many working days; `stays` by day number and part."""
    found: list[PartStay] = []
    day = first
    for number in range(days):
        while day.weekday() > 4:
            day += timedelta(days=1)
        found += [PartStay(day, part, (stays or {}).get((number, part))) for part in ("morning", "afternoon")]
        day += timedelta(days=1)
    return tuple(found)


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
MANY_SPOTS = SPOTS + tuple(Spot("library", f"Bibliotheek Wijk {n}", f"b{n}") for n in range(1, 31))
PLACES = (
    NamedSpot("k3f9", "Stadskantoor", "site"),
    NamedSpot("p0a2", "Stadskantoor Noord", "site", retired=True),
    NamedSpot("z81x", "Bibliotheek Rozet", "library"),
    NamedSpot("m4q7", "Café De Waag", "third"),
)


def week(people: int) -> WeekView:
    """The rest of a week with so many names: most at one place all day, some in two halves, some days off."""
    days = tuple(_week_day(TODAY + timedelta(days=number), people) for number in range(4))
    return WeekView(
        TEAM,
        TODAY,
        (replace(days[0], together=("morning",)), *days[1:]),
        after=TODAY + timedelta(days=6),
        sharing=True,
        others=(GROUP,),
    )


def _week_day(day: date, people: int) -> WeekDay:
    spots = (TOWN_HALL, HOME, BRANCH, LIBRARY, OFF)
    groups: dict[str, dict[Spot, list[Who]]] = {"whole": {}, "morning": {}, "afternoon": {}}
    for number in range(people):
        spot = spots[(number + day.day) % len(spots)]
        if number % 4 == 3:
            groups["morning"].setdefault(spot, []).append(Who(person(number)))
            groups["afternoon"].setdefault(spots[(number + 1) % 4], []).append(Who(person(number)))
        else:
            groups["whole"].setdefault(spot, []).append(Who(person(number)))
    rows = {half: tuple(PlaceRow(spot, tuple(who)) for spot, who in found.items()) for half, found in groups.items()}
    return WeekDay(day, rows["whole"], rows["morning"], rows["afternoon"])


def found(people: int) -> FoundView:
    """Who is at a library: so many names over two libraries."""
    names = [Who(person(n), "morning" if n % 5 == 4 else None) for n in range(people)]
    halves = (names[::2], names[1::2])
    places = tuple(PlaceRow(s, tuple(who)) for s, who in zip((LIBRARY, Spot("library")), halves, strict=True) if who)
    return FoundView(Asked(TODAY, Spot("library")), TODAY, places, (TEAM, GROUP))


DOUBTS = ("leftover", "address", "one_day", "one_thing", "not_working", "past", "too_far", "no_such_day")
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
COMMANDS = ("where", "who", "reach", "privacy", "language", "help")
IN_TEAM = (*COMMANDS[:-1], "team", "counter", "help")
TO_ADMINISTER = (*COMMANDS[:-1], "sites", "locations", "admin", "help")

SETTINGS = KeptLine(
    "your settings",
    "answer you in your language and time zone, and reach you in your own chat",
    "only you",
    "until you have it deleted, or 30 days after you leave",
    1,
)
PLANNED = KeptLine(
    "your plan",
    "plan where you work, and show it where you share",
    "you, and members of the teams you share with",
    "until 03:00 after the day",
    6,
)
LISTED = KeptLine(
    "member lists of your teams",
    "know who is in a team: the member list that Teams shows every member",
    "members of the team",
    "1 day",
    2,
)
USUAL = KeptLine(
    "your usual week",
    "fill in your usual week, so that you only say what is different",
    "you, and where you share: members of those teams, day by day",
    "until you change or delete it",
)
MY_ROWS = (
    DataSection(
        "your settings",
        ((("user_id", "aaaaaaaa-0000-4000-8000-000000000001"), ("language", "nl"), ("stopped", False)),),
    ),
    DataSection(
        "your plan",
        (
            (("day", TODAY), ("part", "morning"), ("place", "home"), ("kind", "focus"), ("zone", "Europe/Amsterdam")),
            (("day", TODAY), ("part", "afternoon"), ("place", "site"), ("named", "Stadskantoor")),
        ),
    ),
    DataSection("your usual week", ((("weeks", "even"), ("weekday", 2), ("part", "morning"), ("place", "library")),)),
    DataSection("how to reach you", ((("urgency", "urgent"), ("route", "call"), ("from_minute", 510)),)),
    DataSection("administrative acts", ((("at", datetime(2026, 11, 24, 9, 5)), ("act", "place_added")),)),  # noqa: DTZ001
)
OWN_DATA: Mapping[str, Callable[[], View]] = {
    "privacy": lambda: PrivacyView((SETTINGS, PLANNED, LISTED), (USUAL,)),
    "privacy_all": lambda: PrivacyView((SETTINGS,), (USUAL,), full=True),
    "privacy_nothing": lambda: PrivacyView((), (replace(PLANNED, count=0), USUAL)),
    "privacy_guest": lambda: PrivacyView((LISTED,), guest=True),
    "privacy_stopped": lambda: PrivacyView((SETTINGS,), (USUAL,), stopped=True),
    "privacy_paused": lambda: PrivacyView((SETTINGS,), (USUAL,), quiet_until=TODAY + timedelta(days=14)),
    "my_data": lambda: MyDataView(MY_ROWS, first=TODAY),
    "my_data_second": lambda: MyDataView(MY_ROWS[1:2], part=2, of=2, first=TODAY),
    "my_data_nothing": lambda: MyDataView(()),
    "my_data_file": lambda: MyDataView(MY_ROWS, first=TODAY, file=True),
    "my_data_offer": lambda: FileOfferView(TODAY, 1234),
    "my_data_saved": lambda: FileView("saved"),
    "my_data_declined": lambda: FileView("declined"),
    "my_data_failed": lambda: FileView("failed"),
    "my_data_json": lambda: JsonPartView('{"tables": {}}', 1, 2),
    "pause": lambda: PauseView(TODAY, offers=PAUSES),
    **{f"pause_{p}": partial(PauseView, TODAY, offers=PAUSES, problem=p) for p in ("unclear", "past", "too_far")},
    "paused": lambda: PauseView(TODAY, TODAY + timedelta(days=14), ("Team Omgeving", "")),
    "paused_unshared": lambda: PauseView(TODAY, TODAY + timedelta(days=14)),
    "stop": lambda: StopView(done=False),
    "stop_words": lambda: StopView(done=False, words=True),
    "stopped": lambda: StopView(done=True, teams=("Team Omgeving",)),
    "forget": lambda: ForgetView(done=False),
    "forgotten": lambda: ForgetView(done=True, gone=(SETTINGS, PLANNED), stays=(LISTED,), cards=2),
    "forgotten_nothing": lambda: ForgetView(done=True),
}

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
FIRST = FirstView(
    "asked",
    "Samen",
    (("home.", HOME), ("site.k3f9", TOWN_HALL), ("site.p0a2", BRANCH), ("not_working.", OFF)),
    ("open",) * 5,
    TODAY,
    teams=(TEAM, GROUP),
)
STARTED = StartedView((HOME, TOWN_HALL, TOWN_HALL, None, OFF), TODAY, shown_to=(TEAM,), others=(GROUP,))

CASES: Mapping[str, Callable[[], View]] = {
    **OWN_DATA,
    **WEEKASK,
    **COUNTER,
    **PATTERN,
    **SITES,
    **TODAY_CASES,
    **{f"board_{count}": partial(board, count) for count in (0, 1, 40, 400)},
    "board_quiet": lambda: replace(board(0), quiet=True, sharing=True),
    "board_6": team_of_six,
    "board_closed": lambda: replace(
        team_of_six(),
        closed=(
            PartStay(TODAY, "morning", Stay(Spot("site", "Stadskantoor", "s1"))),
            PartStay(TODAY, "morning", Stay(Spot("library", "Bibliotheek Rozet", "l1"))),
            PartStay(TODAY, "afternoon", Stay(Spot("library", "Bibliotheek Rozet", "l1"))),
        ),
    ),
    "board_400_names": lambda: replace(board(400), page=1),
    "board_name_asked": lambda: replace(team_of_six(), looked_up_name=True),
    "board_together": lambda: replace(team_of_six(), together=("morning",)),
    **{f"week_{count}": partial(week, count) for count in (0, 1, 6, 40, 60, 400)},
    "week_next": lambda: replace(
        week(6), today=TODAY - timedelta(days=4), before=TODAY - timedelta(days=4), sharing=False, others=()
    ),
    **{f"found_{count}": partial(found, count) for count in (0, 1, 6, 400)},
    "found_kind": lambda: FoundView(
        Asked(TODAY + timedelta(days=1), TOWN_HALL, "counter", "morning"),
        TODAY,
        (PlaceRow(TOWN_HALL, (Who(person(1)), Who(person(2)))),),
        (TEAM,),
    ),
    **{f"ask_again_{doubt}": partial(AskAgainView, doubt, TODAY) for doubt in DOUBTS},
    "ask_again_typo": lambda: AskAgainView("typo", TODAY, Asked(TODAY, Spot("library"), part="afternoon")),
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
    "locations": lambda: LocationsView(PLACES, ("added", PLACES[2])),
    "locations_empty": lambda: LocationsView(()),
    "locations_many": lambda: LocationsView(
        tuple(NamedSpot(str(n), f"Bibliotheek Wijk {n}", "library") for n in range(150))
    ),
    "locations_refused": lambda: LocationsView(PLACES, problem="name_taken"),
    "admin": lambda: AdminView(SWITCHES, 3, ("Noor Maes",), 5, officers_unnamed=1, acts=ACTS[:3]),
    "admin_off": lambda: AdminView(tuple(SwitchLine(each.capability, on=False) for each in SWITCHES), 0, (), 5),
    "admin_officer": lambda: AdminView(SWITCHES, 3, ("Noor Maes",), 8, acts=ACTS[:3], may_change=False),
    "admin_changed": lambda: AdminView(SWITCHES, 3, (), 5, acts=ACTS[:1], changed="switched_on", about="where"),
    "admin_refused": lambda: AdminView(SWITCHES, 3, (), 5, problem="which"),
    "admin_decision": lambda: DecisionView("where", TODAY),
    "admin_decision_refused": lambda: DecisionView(
        "closing", TODAY, date(2026, 11, 20), "OR-besluit *2026/113*", problem="no_agreed"
    ),
    "admin_ask_off": lambda: OffView("counter"),
    "admin_minimum": lambda: MinimumView(5, 5),
    "admin_minimum_refused": lambda: MinimumView(8, 5, "never_lower"),
    "admin_log": lambda: LogView(ACTS, more=True),
    "admin_log_full": lambda: LogView(ACTS[:1] * 20, page=2),
    "admin_log_empty": lambda: LogView(()),
    "admin_health": lambda: HealthView("1.0.0", "SQLite", MOMENT, late=False),
    "admin_health_trouble": lambda: HealthView(
        "1.0.0", "PostgreSQL", MOMENT, late=True, failures=(FailureLine("delivery_blocked", 12), FailureLine("tick", 1))
    ),
    "admin_health_new": lambda: HealthView("1.0.0", "SQLite", None, late=True),
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
    "reach_colleague_not_working": lambda: replace(
        REACH, ways=(Way("normal", "chat", "over"), Way("urgent", "call", "over")), now=Stay(OFF), later=None
    ),
    "reach_colleague_afternoon": lambda: replace(REACH, ways=(Way("urgent", "call", "now"),), now=None),
    "reach_unknown": UnknownReachView,
    "reach_unknown_mentioned": lambda: UnknownReachView(mentioned=True),
    "reach_choose": lambda: ChooseColleagueView((("a1", "Joris Peeters"), ("a2", "Joris Visser"))),
    "start": lambda: FIRST,
    "start_greeting": lambda: replace(FIRST, reason="greeting", week=("home.", "site.k3f9", "open", "open", "open")),
    "start_added": lambda: replace(FIRST, reason="added", shown_to=(TEAM,)),
    "start_unknown": lambda: replace(FIRST, reason="unknown", teams=()),
    "start_large": lambda: replace(
        FIRST,
        choices=(
            ("home.", HOME),
            *((f"site.{n}abcdef01234", Spot("site", f"{n} " + "Stadsdeelkantoor " * 4)) for n in range(12)),
        ),
        teams=tuple(TeamChoice(f"19:{n:032}@thread.tacv2", f"{n} " + "Samenwerkingsverband " * 4) for n in range(20)),
    ),
    "start_where_off": lambda: replace(FIRST, where=False, language="en"),
    "start_saved": lambda: STARTED,
    "start_saved_quiet": lambda: replace(STARTED, quiet=True),
    "start_saved_unchanged": lambda: replace(STARTED, changed=False),
    "start_saved_nothing": lambda: StartedView((None,) * 5, TODAY, others=(TEAM,)),
    "start_saved_where_off": lambda: StartedView((None,) * 5, TODAY, language="en", where=False),
    "start_later": LaterView,
    "start_resumed": lambda: ResumedView((TEAM, GROUP), (TEAM,)),
    "start_resumed_alone": ResumedView,
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
        for capability in ("where", "reach", "closing", "counter")
    },
    **{f"notice_not_{why}": partial(NotAllowedView, why) for why in ("admin", "guest", "scope")},
}
