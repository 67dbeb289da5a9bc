"""The views of a team's board, its week and who is where, for golden cards and pictures."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from cards.drawing import View
from cards.where import (
    AskAgainView,
    Asked,
    BoardView,
    FoundView,
    KindRows,
    PartStay,
    PlaceRow,
    Spot,
    Stay,
    WeekDay,
    WeekView,
    Who,
)
from tests.cards.invented import (
    BRANCH,
    CAFE,
    CENTRE,
    GROUP,
    HOME,
    LIBRARY,
    OFF,
    RESIDENT,
    ROAD,
    TEAM,
    TODAY,
    TOWN_HALL,
    person,
)


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

BOARDS: Mapping[str, Callable[[], View]] = {
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
}
