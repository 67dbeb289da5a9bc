"""My day on one card, and what sends it every working day."""

from collections.abc import Sequence

from cards.catalogue import Texts, marked, texts
from cards.counter import HELP, LETTERS, TYPED_HALVES
from cards.dates import in_words, typed_day
from cards.drawing import Drawn
from cards.elements import Action, Sheet, button
from cards.names import plain
from cards.today.changed import changed_line
from cards.today.done import NOW
from cards.today.places import choices, next_line, places_words, strong, when_words
from cards.today.views import DailyView, HelpAsked, TodayView
from cards.where.board import MOST_PLACES, about
from cards.where.instead import closed_lines
from cards.where.quiet import quiet_line, silent_line
from cards.where.rows import people_words, two_columns
from cards.where.stays import Spot, Who
from cards.where.typed import TYPED_PLACES, board_example, or_type, plan_example, set_example, share_example
from cards.where.verbs import BOARD, PLAN
from cards.where.wording import HALVES, capital, half_words, listed, spot_words, team_words

SHOW, DAILY, OFF = "today.show", "today.daily", "today.off"
FROM = "today"
USUAL_MINUTE = 8 * 60 + 30
# More names than this would make a long card of a short one: then it counts by place, as a large board does.
MOST_NAMES = 20
FREE = {
    "weekend": marked("It is the weekend. Enjoy it."),
    "off": marked("You are not working today."),
}
THIS_HALF = {"morning": marked("this morning"), "afternoon": marked("this afternoon")}
PROBLEMS = {
    "time": marked("I did not understand at what time you want it. Nothing has changed. Type it like this: {example}"),
    "words": marked(
        "I did not understand that. Nothing has changed. Do you want this card on every day that you work? Type: {example}"
    ),
    "hours": marked(
        "Choose a time between 8:00 and 17:00: I do not send your day earlier or later. Nothing has changed. Type it like this: {example}"
    ),
}

Row = tuple[str, Sequence[Who], Spot]


def draw_today(view: TodayView, language: str) -> Drawn:
    """Where I am, who is there, what waits; and what to press or type."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Today"), capital(in_words(t, view.today, "EEEE d MMMM")))
    if view.problem:
        sheet.say(t(PROBLEMS[view.problem], example=daily_example(t)))
    if view.changed:
        changed_line(sheet, view.changed, FROM)
    if view.free:
        _free(sheet, view, view.free)
    else:
        _my_day(sheet, view)
        _company(sheet, view)
    _waiting(sheet, view)
    if view.quiet:
        quiet_line(sheet)
    sheet.buttons(_buttons(t, view))
    sheet.hint(or_type(t, _typed(t, view)))
    return sheet.done()


def _free(sheet: Sheet, view: TodayView, why: str) -> None:
    sheet.say(sheet.t(FREE[why]))
    if view.next:
        next_line(sheet, view.next, view.today)


def _my_day(sheet: Sheet, view: TodayView) -> None:
    """My place, or places to choose from; a site of mine that is closed; my teams' time together."""
    t = sheet.t
    places = places_words(t, view.parts)
    if places:
        strong(sheet, t("Your place: {places}", places=places))
    if view.closed:
        closed_lines(sheet, view.closed, **{"from": FROM})
    if view.choosing:
        half = when_words(t, view.choosing.parts)
        if half and places:
            question = t("And where {half}?", half=half)
        else:  # the morning is over where only one half is asked about and neither has a place
            question = t("Where will you work this afternoon?") if half else t("Where will you work today?")
        choices(sheet, view.choosing, question, FROM)
    for time in view.together:
        when = t("the whole day") if len(time.halves) == len(HALVES) else t(THIS_HALF[time.halves[0]])
        sheet.say(t("★ Together with {team}: {when}", team=team_words(t, time.team), when=when))


def _company(sheet: Sheet, view: TodayView) -> None:
    """Who works today, by place: with me first. Only of those who show it; nothing counts who does not."""
    t = sheet.t
    near: list[Row] = [(_my_spot(t, at.spot, at.half), at.people, at.spot) for at in view.near if not at.closed]
    shut: list[Row] = [(_my_spot(t, at.spot, at.half), at.people, at.spot) for at in view.near if at.closed]
    others: list[Row] = [(capital(spot_words(t, at.spot)), at.people, at.spot) for at in view.others]
    counted = sum(len(people) for _, people, _ in (*near, *shut, *others)) > MOST_NAMES
    if shut:
        sheet.heading(t("Planned there too"))
        _rows(sheet, shut, counted=counted)
    if near:
        sheet.heading(t("With you"))
        _rows(sheet, near, counted=counted)
    if others:
        sheet.heading(t("Others today") if near or shut else t("Your colleagues today"))
        _rows(sheet, others, counted=counted)
    if not view.near and not others and view.teams:
        teams = listed(t, [team_words(t, team) for team in view.teams])
        sheet.say(t("None of your colleagues in {teams} has a place on the board yet today.", teams=teams))
        if not (view.sharing or view.quiet or view.changed):  # what was just set says it, with a button
            sheet.say(t("Be the first: share your plan with {example}", example=share_example(t, True)), subtle=True)


def _my_spot(t: Texts, spot: Spot, half: str | None) -> str:
    name = capital(spot_words(t, spot))
    return f"{name} ({half_words(t, half)})" if half else name


def _rows(sheet: Sheet, rows: Sequence[Row], *, counted: bool) -> None:
    t = sheet.t
    if counted:
        rows = sorted(rows, key=lambda row: -len(row[1]))[:MOST_PLACES]
    lines = [
        (place, about(t, len(people)) if counted else people_words(t, None, people, spot))
        for place, people, spot in rows
    ]
    sheet.add(*(two_columns(place, names) for place, names in lines))
    sheet.write([f"{place}: {names}" for place, names in lines])


def _waiting(sheet: Sheet, view: TodayView) -> None:
    """What waits for me; nothing is one kind line."""
    t = sheet.t
    if not (view.helps or view.later_closed or view.open_days):
        if not view.closed:
            sheet.say(_calm(t, view), subtle=True)
        return
    sheet.heading(t("Waiting for you"))
    for asked in view.helps:
        sheet.say(_help(t, asked))
        slot = f"{view.today.isoformat()}.{LETTERS[asked.part]}"
        sheet.buttons([button(t, t("I can"), HELP, team=asked.team.id, slot=slot)])
    if view.later_closed:
        closed_lines(sheet, view.later_closed, **{"from": FROM})
    if view.open_days:
        days = listed(t, [in_words(t, day, "EEEE") for day in view.open_days])
        sheet.say(t("Not filled in yet for next week: {days}.", days=days))
        sheet.buttons([button(t, t("My plan"), PLAN)])


def _calm(t: Texts, view: TodayView) -> str:
    """That nothing waits; where the card itself asks for a place, that nothing else does."""
    if view.free:
        return t("Nothing is waiting for you.")
    if view.choosing:
        return t("Nothing else is waiting for you. Have a good day.")
    return t("Nothing is waiting for you. Have a good day.")


def _help(t: Texts, asked: HelpAsked) -> str:
    team, when = team_words(t, asked.team), t(THIS_HALF[asked.part])
    if asked.site:
        site = plain(asked.site)
        return capital(t("{team} still needs help at the counter of {site} {when}.", team=team, site=site, when=when))
    return capital(t("{team} still needs help at the counter {when}.", team=team, when=when))


def _buttons(t: Texts, view: TodayView) -> list[Action]:
    board = [button(t, t("Today's board"), BOARD)] if view.teams else []
    mine = button(t, t("Change my place"), PLAN, slot=view.today.isoformat())
    done = [button(t, t("Done for today"), NOW)] if view.late else []
    return [*board, mine, *done, *_sending(t, view)]


def _sending(t: Texts, view: TodayView) -> list[Action]:
    """Off where it comes by itself; else on, but not for whoever gets nothing now."""
    if view.daily:
        return [button(t, t("Stop sending me this"), OFF)]
    return [] if view.quiet else [_send_button(t)]


def _send_button(t: Texts) -> Action:
    return button(t, t("Send me this every working day at 8:30"), DAILY, minute=USUAL_MINUTE)


def _typed(t: Texts, view: TodayView) -> list[str]:
    help_words = [_help_example(t, view, asked) for asked in view.helps[:1]]
    return [
        set_example(t, view.today, view.today),
        *help_words,
        board_example(t, view.today, view.today),
        plan_example(t),
        off_example(t) if view.daily else daily_example(t),
        *([] if view.free else [t("/done")]),
        *([t("/start")] if view.quiet else []),
    ]


def _help_example(t: Texts, view: TodayView, asked: HelpAsked) -> str:
    place = plain(asked.site) if asked.site else t(TYPED_PLACES["site"])
    day, part = typed_day(t, view.today, view.today), t(TYPED_HALVES[asked.part])
    return t("/where {day} {part} {place} counter", day=day, part=part, place=place)


def daily_example(t: Texts) -> str:
    return t("/today every day 8:30")


def off_example(t: Texts) -> str:
    return t("/today off")


def draw_daily(view: DailyView, language: str) -> Drawn:
    """From when it comes, or that it no longer does; with the way back."""
    sheet = Sheet(texts(language))
    t = sheet.t
    show = button(t, t("My day"), SHOW)
    if view.at is None:
        sheet.title(t("No longer sent"))
        sheet.say(t("I no longer send you your day. Type /today whenever you want it."))
        sheet.buttons([show, _send_button(t)])
        sheet.hint(or_type(t, [t("/today"), daily_example(t)]))
        return sheet.done()
    sheet.title(t("Your day, every working day"))
    sheet.say(
        t("On the days you work I send you your day at {time}, or when you begin if that is later.", time=view.at)
    )
    if view.quiet:
        silent_line(sheet)
    elif view.first:
        sheet.say(t("The first one comes on {day}.", day=in_words(t, view.first, "EEEE d MMMM")))
    sheet.say(t("Only you get it. I keep the time you chose until you switch it off."), subtle=True)
    sheet.buttons([show, button(t, t("Stop sending me this"), OFF)])
    sheet.hint(or_type(t, [t("/today"), off_example(t), t("/today every day 9:00")]))
    return sheet.done()
