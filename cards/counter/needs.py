"""The cards of what a team needs at the counter: a week ahead, and which team is meant."""

from collections.abc import Sequence
from datetime import date, timedelta

from cards.catalogue import Texts, texts
from cards.counter.views import BUSY, NEED, SHOW, CounterView, NeedRow, NeedSet, WhichCounterView
from cards.counter.wording import LETTERS, problem_words
from cards.dates import in_words, short_day
from cards.drawing import Drawn
from cards.elements import Sheet, button, container, words
from cards.names import plain
from cards.where.board import MOST_TEAMS
from cards.where.typed import or_type
from cards.where.wording import capital, half_words, team_words

A_MONDAY = date(2026, 11, 23)


def draw_counter(view: CounterView, language: str) -> Drawn:
    """What was set, then the week ahead, and what to press or type."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("The counter of {team}", team=team_words(t, view.team)))
    if view.problem:
        sheet.say(problem_words(t, view.problem))
    if view.changed:
        _changed(sheet, view.changed)
    if view.rows:
        sheet.heading(t("The week ahead"))
        rows = [(_when(t, row), _state(t, row)) for row in view.rows]
        sheet.add(*(container(words(w, weight="Bolder"), words(s, spacing="None")) for w, s in rows))
        sheet.write([f"{when}: {state}" for when, state in rows])
        sheet.say(t("Covered means: colleagues who share their plan here have planned the counter."), subtle=True)
    else:
        sheet.say(t("Nobody is asked for at the counter."))
    actions = [button(t, t("It is busy now: ask for help"), BUSY, team=view.team.id)]
    others = view.others[:MOST_TEAMS]
    actions += [
        button(t, t("The counter of {team}", team=team_words(t, other)), SHOW, team=other.id) for other in others
    ]
    sheet.buttons(actions)
    sheet.hint(or_type(t, _examples(t)))
    return sheet.done()


def _changed(sheet: Sheet, changed: NeedSet) -> None:
    t = sheet.t
    when = ", ".join(f"{_weekday(t, weekday)} {half_words(t, part)}" for weekday, part in changed.parts)
    if not changed.people:
        sheet.say(t("Noted. Nobody is needed any more: {when}.", when=when))
        return
    how_many = _people(t, changed.people, changed.site)
    sheet.say(t("Noted. From now on {people}: {when}.", people=how_many, when=when))


def _when(t: Texts, row: NeedRow) -> str:
    return f"{short_day(t, row.day)} {half_words(t, row.part)}"


def _state(t: Texts, row: NeedRow) -> str:
    state = t("covered") if row.covered else t("somebody is still needed")
    state = t("but closed then") if row.closed else state
    return f"{_people(t, row.people, row.site)}, {state}"


def _people(t: Texts, people: int, site: str | None) -> str:
    needed = t.many("{count} person needed", "{count} people needed", people)
    return t("{people} at {site}", people=needed, site=plain(site)) if site else needed


def _weekday(t: Texts, weekday: int) -> str:
    return in_words(t, A_MONDAY + timedelta(days=weekday), "EEEE")


def _examples(t: Texts) -> Sequence[str]:
    return (t("/counter mon morning 2"), t("/counter mon morning 0"), t("/counter busy"))


def draw_which(view: WhichCounterView, language: str) -> Drawn:
    """A button a team."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Which team's counter?"))
    shown = view.teams[:MOST_TEAMS]
    names = [capital(team_words(t, team)) for team in shown]
    sheet.buttons(
        [button(t, name, view.verb, team=team.id, **_set(view)) for team, name in zip(shown, names, strict=True)]
    )
    sheet.write(names)
    typed = t("/counter mon morning 2") if view.verb == NEED else t("/counter busy")
    sheet.hint(t("Or type it in the team itself: {example}", example=typed))
    return sheet.done()


def _set(view: WhichCounterView) -> dict[str, object]:
    if view.need is None:
        return {}
    parts = [f"{weekday}.{LETTERS[part]}" for weekday, part in view.need.parts]
    return {"parts": parts, "people": view.need.people, "named": view.named or ""}
