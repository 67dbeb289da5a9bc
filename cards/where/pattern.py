"""My weekly pattern: a grid of weekdays to tap, with the choices in the same card."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cards.catalogue import Texts, texts
from cards.dates import weekday_words
from cards.drawing import Drawn
from cards.elements import Action, Column, Element, Sheet, button, column, container, row, small, words
from cards.names import shortened
from cards.where.choices import place_choices, setting, tiles
from cards.where.instead import closed_lines
from cards.where.plan import CELL, DAY_WIDTH, EMPTY, TAP, header
from cards.where.quiet import NOBODY_NOW, resume_button
from cards.where.stays import UsualStay
from cards.where.typed import (
    clear_pattern_example,
    follow_example,
    or_type,
    pattern_example,
    plan_example,
    share_example,
    usual_example,
)
from cards.where.unclear import QUESTIONS
from cards.where.usual import WEEKS, usual_lines, weeks_words
from cards.where.verbs import FOLLOW, PATTERN, PLAN, SHARE, UNDO_PATTERN, opening, part_texts, slot_text, with_spot
from cards.where.views import ChangedPattern, PatternView, UnclearPatternView
from cards.where.wording import (
    HALVES,
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

WEEK, FRIDAY = range(7), 4
MOST_TEAMS = 3
MOST_DIFFERING = 8  # lines


def draw_pattern(view: PatternView, language: str) -> Drawn:
    """The pattern card."""
    sheet = Sheet(texts(language))
    t = sheet.t
    if view.changed:
        _changed(sheet, view.changed)
    _differing(sheet, view)
    if view.closed:
        closed_lines(sheet, view.closed)
    sheet.title(t("My pattern"), _who_sees(t, view))
    if not view.opened:
        sheet.say(
            t("This is how your week usually is. What you fill in for a day goes first.")
            if view.lines
            else t("You have no pattern yet. Say how your week usually is, and fill in only what is different.")
        )
        sheet.hint(t("Choose a part of a day and then your place. Choose a day for the whole day."))
    _grid(sheet, view)
    if view.odd_twice:
        first, second = view.odd_twice
        sheet.say(t("Weeks {first} and {second} are both odd and follow each other.", first=first, second=second))
    if not view.opened:
        _below(sheet, view)
    sheet.hint(or_type(t, _typed(t, view)))
    return sheet.done()


def _changed(sheet: Sheet, changed: ChangedPattern) -> None:
    t = sheet.t
    if changed.undone:
        sheet.title(t("Not put back") if changed.unchanged else t("Put back"))
    else:
        sheet.title(t("It was so already") if changed.unchanged else t("Noted"))
    sheet.bullets(usual_lines(t, changed.lines))
    if changed.kept_newer:
        sheet.say(t("What you changed after that, I leave as it is."))
    if changed.undo:
        data = {"lines": part_texts(changed.undo), "was": part_texts(changed.was)}
        sheet.buttons([button(t, t("Undo"), UNDO_PATTERN, **data)])


def _differing(sheet: Sheet, view: PatternView) -> None:
    """The days that say something else and stay so."""
    if not view.differing:
        return
    t = sheet.t
    sheet.say(t("You filled in these days differently. They stay so:"))
    sheet.bullets(part_lines(t, view.differing), MOST_DIFFERING)
    sheet.buttons([button(t, t("Make them follow my pattern"), FOLLOW, parts=part_texts(view.differing))])
    sheet.hint(or_type(t, [follow_example(t, view.differing[0].day, view.today)]))


def _who_sees(t: Texts, view: PatternView) -> str:
    if view.quiet:
        return t(NOBODY_NOW)
    if not view.shown_to:
        return t("Only you see this.")
    teams = capital(listed(t, [team_words(t, team) for team in view.shown_to]))
    return t("Only you see this. {teams} can see, day by day, where you are.", teams=teams)


def _grid(sheet: Sheet, view: PatternView) -> None:
    sheet.write(usual_lines(sheet.t, view.lines))
    sheet.add(header(sheet.t))
    used = {line.weekday for line in (*view.lines, *view.opened)}
    for weekday in WEEK:
        if weekday <= FRIDAY or weekday in used:
            sheet.add(_day_row(sheet.t, view, weekday))
        if view.opened and view.opened[0].weekday == weekday:
            _open_choices(sheet, view)


def _day_row(t: Texts, view: PatternView, weekday: int) -> Element:
    name = weekday_words(t, weekday)
    whole = button(t, t("{day}, all day", day=name), PATTERN, usual=f"every.{weekday}")
    cells = [_cell(t, view, weekday, part) for part in HALVES]
    day = column(DAY_WIDTH, words(weekday_words(t, weekday, "EEE")), select_action=whole, min_height=TAP)
    return row(day, *cells, separator=True)


def _by_weeks(lines: list[UsualStay]) -> list[UsualStay]:
    """Each with the weeks it holds in: beside one for odd weeks, one for every week holds in the even ones."""
    said = {line.weeks for line in lines}
    if said in ({"every", "odd"}, {"every", "even"}):
        other = "even" if "odd" in said else "odd"
        return [replace(line, weeks=other) if line.weeks == "every" else line for line in lines]
    return lines


def _cell(t: Texts, view: PatternView, weekday: int, part: str) -> Column:
    """One day-part, in every week or in even and odd ones. Said in full for a screen reader."""
    lines = _by_weeks([line for line in view.lines if (line.weekday, line.part) == (weekday, part)])
    opened = any((line.weekday, line.part) == (weekday, part) for line in view.opened)
    said = [_in_full(t, line) for line in lines] or [t("empty")]
    label = f"{weekday_words(t, weekday)} {half_words(t, part)}: {', '.join(said)}"
    opens = button(t, label, PATTERN, usual=slot_text(UsualStay(weekday, part, None)))
    items = [item for line in lines for item in _cell_lines(t, line)] or [words(EMPTY)]
    if opened:
        items[0] = words(f"▾ {items[0]['text']}", weight="Bolder")
    return column("stretch", *items, select_action=opens)


def _in_full(t: Texts, line: UsualStay) -> str:
    where = stay_words(t, line.stay)
    return where if line.weeks == "every" else f"{weeks_words(t, line.weeks)} {where}"


def _cell_lines(t: Texts, line: UsualStay) -> list[Element]:
    """The place, and small below it the kind of work and in which weeks."""
    place = shortened(capital(spot_words(t, line.stay.spot)), *CELL) if line.stay else EMPTY
    kind = [kind_words(t, line.stay.kind)] if line.stay and line.stay.kind else []
    below = " · ".join([*kind, *([] if line.weeks == "every" else [weeks_words(t, line.weeks)])])
    return [words(place), *([small(below, spacing="None")] if below else [])]


def _open_choices(sheet: Sheet, view: PatternView) -> None:
    """The choices for the opened lines: in which weeks, what kind of work, where."""
    box = Sheet(sheet.t)
    t, first = sheet.t, view.opened[0]
    part = t("all day") if len(view.opened) > 1 else half_words(t, first.part)
    box.heading(f"{capital(weekday_words(t, first.weekday))}, {part}")
    box.say(t("In which weeks?"), subtle=True)
    slot = opening(view.opened).partition(".")[2]
    chosen = {"kind": view.kind} if view.kind else {}
    weeks = {
        each: button(t, capital(weeks_words(t, each)), PATTERN, usual=f"{each}.{slot}", **chosen) for each in WEEKS
    }
    _choices(box, weeks, first.weeks)
    box.say(t("What kind of work? You may skip this."), subtle=True)
    _choices(box, _kinds(t, view), view.kind)
    box.say(t("Where?"), subtle=True)
    place_choices(box, view.spots, view.opened, view.kind)
    empty = setting(t, t("Clear"), with_spot(view.opened, None, None), usual=True)
    filled = any(line.stay for line in view.opened)
    box.buttons([*([empty] if filled else []), button(t, t("Close"), PATTERN)])
    sheet.add(container(*box.body, style="default", separator=True))
    sheet.paragraphs.extend(box.paragraphs)


def _kinds(t: Texts, view: PatternView) -> dict[str, Action]:
    usual = opening(view.opened)
    # The chosen kind again takes the choice back.
    return {
        kind: button(
            t, capital(kind_words(t, kind)), PATTERN, usual=usual, **({} if kind == view.kind else {"kind": kind})
        )
        for kind in KINDS
    }


def _choices(box: Sheet, choices: Mapping[str, Action], chosen: str | None) -> None:
    names = list(choices)
    box.add(*tiles(list(choices.values()), chosen={names.index(chosen)} if chosen else ()))
    box.write([f"✓ {c['title']}" if name == chosen else c["title"] for name, c in choices.items()])


def _below(sheet: Sheet, view: PatternView) -> None:
    """The weekend, to my plan, and showing it to a team."""
    t = sheet.t
    used = {line.weekday for line in view.lines}
    weekend = [day for day in WEEK if day > FRIDAY and day not in used]
    days = [button(t, capital(weekday_words(t, day)), PATTERN, usual=f"every.{day}") for day in weekend]
    sheet.buttons([*days, button(t, t("My plan"), PLAN)])
    if view.lines and not view.quiet:
        sheet.buttons([button(t, t("Ask me about my week every Friday"), "weekask.on")])
    if view.quiet:
        sheet.buttons([resume_button(t)])
        return
    offers = view.offer[:MOST_TEAMS]
    sheet.buttons(
        [button(t, t("Share it with {team}", team=team_words(t, o)), SHARE, team=o.id, on=True) for o in offers]
    )


def _typed(t: Texts, view: PatternView) -> list[str]:
    if view.opened:
        first = view.opened[0]
        said = [usual_example(t, first.weekday, weeks=first.weeks), usual_example(t, first.weekday, "empty")]
        return [*said, pattern_example(t)]
    clear = [clear_pattern_example(t)] if view.lines else []
    asked = [t("/weekask")] if view.lines and not view.quiet else []
    share = [share_example(t, True)] if view.offer and not view.quiet else []
    share = [t("/start")] if view.quiet else share
    return [
        usual_example(t, 0),
        usual_example(t, FRIDAY, "not_working", "odd"),
        *clear,
        *share,
        *asked,
        plan_example(t),
    ]


def draw_unclear_pattern(view: UnclearPatternView, language: str) -> Drawn:
    """What is missing, and complete readings to choose from."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Not quite clear yet"))
    sheet.say(t(QUESTIONS[view.problem]))
    readings = [capital("; ".join(usual_lines(t, offer))) for offer in view.offers]
    choices: Sequence[tuple[str, tuple[UsualStay, ...]]] = list(zip(readings, view.offers, strict=True))
    sheet.add(*tiles([setting(t, said, part_texts(offer), usual=True) for said, offer in choices], across=1))
    sheet.write(readings)
    sheet.buttons([button(t, t("My pattern"), PATTERN)])
    sheet.hint(or_type(t, [usual_example(t, 0), usual_example(t, FRIDAY, "not_working", "odd"), pattern_example(t)]))
    return sheet.done()
