"""My own plan: this week and next as a grid to tap, with the choices in the same card."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from cards.catalogue import Texts, texts
from cards.dates import in_words, long_day, short_day, span
from cards.drawing import Drawn
from cards.elements import (
    MOST_BYTES,
    Action,
    Column,
    Element,
    Sheet,
    Spacing,
    button,
    column,
    container,
    row,
    small,
    words,
)
from cards.names import JOINER, shortened
from cards.where.board import board_body, day_buttons, sharing_line, team_buttons
from cards.where.changed import changed_lines
from cards.where.choices import place_choices, tiles
from cards.where.quiet import NOBODY_NOW, resume_button
from cards.where.stays import PartStay
from cards.where.typed import board_example, follow_example, or_type, pattern_example, set_example, share_example
from cards.where.verbs import BOARD, FOLLOW, PATTERN, PLAN, SET, opening, part_texts, slot_text, with_spot
from cards.where.views import HomeView, PlanView
from cards.where.wording import (
    KINDS,
    capital,
    half_words,
    kind_words,
    listed,
    part_lines,
    spot_words,
    stay_words,
    team_words,
)

DAY_WIDTH = "64px"
CELL = (40, 48)  # characters and bytes of a name in a cell; its button says it whole
TAP = "28px"  # with the space between rows enough for a thumb
# A plus alone on a line would begin a Markdown list.
EMPTY = f"{JOINER}+"


def draw_plan(view: PlanView, language: str) -> Drawn:
    """The plan card."""
    sheet = Sheet(texts(language))
    plan_body(sheet, view)
    return sheet.done()


def draw_home(view: HomeView, language: str) -> Drawn:
    """Today's board of my first team, with my own plan below it."""
    sheet = Sheet(texts(language))
    if view.board:
        board_body(sheet, view.board)
        sheet.buttons(day_buttons(sheet.t, view.board))
        if not view.plan.quiet:  # the plan below says it
            sharing_line(sheet, view.board)
        below = Sheet(sheet.t)
        plan_body(below, view.plan)
        sheet.join(below, [button(sheet.t, sheet.t("My plan"), PLAN)])
    else:
        plan_body(sheet, view.plan)
    return sheet.done()


def plan_body(sheet: Sheet, view: PlanView) -> None:
    t = sheet.t
    if view.changed:
        changed_lines(sheet, view.changed, on_plan=True)
    sheet.title(t("My plan"), _who_sees(t, view))
    if not view.opened:
        sheet.hint(t("Choose a part of a day and then your place. Choose a day for the whole day."))
    for monday, days in groupby(_days(view), key=lambda parts: _monday(parts[0].day)):
        # While choosing, the other week steps aside: the card stays short on a phone.
        if not view.opened or monday == _monday(view.opened[0].day):
            _week(sheet, view, list(days))
    if view.quiet:
        sheet.buttons([resume_button(t)])
    if not view.opened:
        boards = [*_boards(t, view), button(t, t("My pattern"), PATTERN)]
        # Two full weeks of very long names leave room for one; that board leads to the others.
        sheet.buttons(boards if sheet.size() <= MOST_BYTES else boards[:1])
    sheet.hint(or_type(t, _typed(t, view)))


def _boards(t: Texts, view: PlanView) -> list[Action]:
    """To the boards of my teams; one team needs no name."""
    return [button(t, t("Today's board"), BOARD)] if len(view.teams) == 1 else team_buttons(t, view.teams)


def _typed(t: Texts, view: PlanView) -> list[str]:
    day = view.opened[0].day if view.opened else view.today
    return [
        *([follow_example(t, day, view.today)] if view.differs else []),
        set_example(t, day, view.today),
        board_example(t, view.today, view.today),
        t("/start") if view.quiet else share_example(t, not view.shown_to),
        pattern_example(t),
    ]


def _who_sees(t: Texts, view: PlanView) -> str:
    if view.quiet:
        return t(NOBODY_NOW)
    if not view.shown_to:
        return t("Only you see this.")
    return t("Also seen by {teams}.", teams=listed(t, [team_words(t, team) for team in view.shown_to]))


def _days(view: PlanView) -> list[tuple[PartStay, ...]]:
    return [tuple(parts) for _, parts in groupby(view.parts, key=lambda part: part.day)]


def _week(sheet: Sheet, view: PlanView, days: Sequence[tuple[PartStay, ...]]) -> None:
    t, first, last = sheet.t, days[0][0].day, days[-1][0].day
    sheet.heading(f"{_week_name(t, first, view.today)} · {span(t, first, last)}")
    sheet.add(header(t))
    after_choices = False
    for parts in days:
        sheet.add(_day_row(t, view, parts, "Large" if after_choices else "Small"))
        sheet.write(part_lines(t, parts))
        after_choices = bool(view.opened) and view.opened[0].day == parts[0].day
        if after_choices:
            _open_choices(sheet, view)


def _week_name(t: Texts, day: date, today: date) -> str:
    weeks = (_monday(day) - _monday(today)).days // 7
    return {0: t("This week"), 1: t("Next week")}.get(weeks, t("The week after"))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def header(t: Texts) -> Element:
    """The halves of the day above a grid."""
    halves = [column("stretch", small(t("Morning"))), column("stretch", small(t("Afternoon")))]
    return row(column(DAY_WIDTH, small(" ")), *halves)


def _day_row(t: Texts, view: PlanView, parts: tuple[PartStay, ...], spacing: Spacing) -> Element:
    day = parts[0].day
    name: list[Element] = [words(in_words(t, day, "EEE d"), weight="Bolder" if day == view.today else None)]
    if day == view.today:
        name.append(small(t("today"), spacing="None"))
    whole = button(t, t("{day}, all day", day=short_day(t, day)), PLAN, slot=day.isoformat())
    cells = [_cell(t, view, part) for part in parts]
    return row(column(DAY_WIDTH, *name, select_action=whole, min_height=TAP), *cells, spacing=spacing, separator=True)


def _cell(t: Texts, view: PlanView, part: PartStay) -> Column:
    """One day-part: where, and what kind of work. Said in full for a screen reader."""
    label = f"{short_day(t, part.day)} {half_words(t, part.part)}: {stay_words(t, part.stay)}"
    opened = any((o.day, o.part) == (part.day, part.part) for o in view.opened)
    here = shortened(capital(spot_words(t, part.stay.spot)), *CELL) if part.stay else EMPTY
    items = [words(f"▾ {here}" if opened else here, weight="Bolder" if opened else None)]
    if part.stay and (part.stay.kind or part.stay.usual):
        below = [
            *([kind_words(t, part.stay.kind)] if part.stay.kind else []),
            *([t("usual")] if part.stay.usual else []),
        ]
        items.append(small(" · ".join(below), spacing="None"))
    return column("stretch", *items, select_action=button(t, label, PLAN, slot=slot_text(part)))


def _open_choices(sheet: Sheet, view: PlanView) -> None:
    """The choices for the opened day-parts, right below their day."""
    box = Sheet(sheet.t)
    t, day = sheet.t, view.opened[0].day
    part = t("all day") if len(view.opened) > 1 else half_words(t, view.opened[0].part)
    box.heading(f"{capital(long_day(t, day, view.today))}, {part}")
    box.say(t("What kind of work? You may skip this."), subtle=True)
    _kind_choices(box, view)
    box.say(t("Where?"), subtle=True)
    place_choices(box, view.spots, view.opened, view.kind, **{"from": "plan"})
    empty = button(t, t("Clear"), SET, parts=with_spot(view.opened, None, None), **{"from": "plan"})
    back = button(t, t("Back to my pattern"), FOLLOW, parts=part_texts(view.opened), **{"from": "plan"})
    box.buttons(
        [
            *([back] if view.differs else []),
            *([empty] if any(part.stay for part in view.opened) else []),
            button(t, t("Close"), PLAN),
        ]
    )
    sheet.add(container(*box.body, style="default", separator=True))
    sheet.paragraphs.extend(box.paragraphs)


def _kind_choices(box: Sheet, view: PlanView) -> None:
    t, slot = box.t, opening(view.opened)
    # The chosen kind again takes the choice back.
    actions = [
        button(t, capital(kind_words(t, kind)), PLAN, slot=slot, **({} if kind == view.kind else {"kind": kind}))
        for kind in KINDS
    ]
    box.add(*tiles(actions, chosen=[list(KINDS).index(view.kind)] if view.kind else ()))
    box.write([f"✓ {kind_words(t, kind)}" if kind == view.kind else kind_words(t, kind) for kind in KINDS])
