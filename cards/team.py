"""The card of a team: what is set for it, and the day-parts that it spends together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn, View
from cards.elements import Action, Sheet, button
from cards.where import TeamChoice
from cards.where.choices import tiles
from cards.where.together import MONDAY, together_words
from cards.where.typed import or_type, week_example
from cards.where.verbs import WEEK
from cards.where.wording import capital, listed, team_words

SHOW = "team.show"
TOGETHER = "team.together"
MOST_TEAMS = 20
WORKING_DAYS = 5
HALVES = {"m": "morning", "a": "afternoon"}

LANGUAGES = {"nl": marked("Dutch"), "en": marked("English")}
PROBLEMS = {
    "unknown": marked("I did not understand what you want to change. Nothing has changed."),
    "no_parts": marked("Say which days and which half of the day. Nothing has changed."),
    "which_half": marked("Which half of the day do you mean: the morning or the afternoon?"),
}
CHANGES = {
    "set": marked("Noted. Everybody in this team sees it, and anybody in the team can change it."),
    "removed": marked("Removed. Everybody in this team sees that, and anybody in the team can change it."),
    "unchanged": marked("It was already so. Nothing has changed."),
}


@dataclass(frozen=True, slots=True)
class TeamView(View):
    """A team's settings. Day-parts are "<Monday = 0>.<m|a>", in order.

    `changed`: "set", "removed" or "unchanged"; `undo` = the day-parts before the change, None = nothing to undo.
    """

    team: TeamChoice
    language: str
    today: date
    together: tuple[str, ...] = ()
    changed: str | None = None
    undo: tuple[str, ...] | None = None
    problem: str | None = None
    offers: tuple[tuple[str, ...], ...] = ()  # readings of what was typed, to choose from


@dataclass(frozen=True, slots=True)
class ChooseTeamView(View):
    """Which team? `setting` = the day-parts to set for it, None = only look. No teams: how to get one."""

    teams: tuple[TeamChoice, ...] = ()
    setting: tuple[str, ...] | None = None


def draw_team(view: TeamView, language: str) -> Drawn:
    """What is set, with a tile for each half of a day and what to type."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(capital(team_words(t, view.team)))
    if view.problem:
        sheet.say(t(PROBLEMS[view.problem]))
        _offers(sheet, view)
    if view.changed:
        sheet.say(t(CHANGES[view.changed]))
    if view.undo is not None:
        sheet.buttons([_setting(t, t("Undo"), view.team, view.undo)])
    sheet.heading(t("Together"))
    if view.together:
        sheet.say(f"★ {capital(parts_words(t, view.together))}")
    else:
        sheet.say(t("No part of the week has been set for this team."))
    sheet.say(t("Choose the parts of the week that you spend together. The board and the week show them."), subtle=True)
    _tiles(sheet, view)
    sheet.heading(t("Language"))
    sheet.say(t("What everybody in the team sees is in {language}.", language=t(LANGUAGES[view.language])))
    sheet.buttons([button(t, t("The week of this team"), WEEK, team=view.team.id)])
    other = t("/language team nl") if view.language == "en" else t("/language team en")
    typed = [t("/team together tue morning"), t("/team together none"), other, week_example(t, None, view.today)]
    sheet.hint(or_type(t, typed))
    return sheet.done()


def parts_words(t: Texts, parts: Iterable[str]) -> str:
    """Day-parts of the week: "di ochtend en do hele dag"."""
    days = groupby(parts, key=lambda part: part.partition(".")[0])
    return listed(
        t,
        [
            together_words(t, MONDAY + timedelta(days=int(day)), [HALVES[part.partition(".")[2]] for part in halves])
            for day, halves in days
        ],
    )


def _setting(t: Texts, title: str, team: TeamChoice, parts: Sequence[str]) -> Action:
    return button(t, title, TOGETHER, team=team.id, parts=list(parts))


def _offers(sheet: Sheet, view: TeamView) -> None:
    titles = [capital(parts_words(sheet.t, parts)) for parts in view.offers]
    sheet.buttons([_setting(sheet.t, title, view.team, p) for title, p in zip(titles, view.offers, strict=True)])
    sheet.write(titles)


def _tiles(sheet: Sheet, view: TeamView) -> None:
    """Monday to Friday, two halves each; a tap adds the half or takes it back."""
    t = sheet.t
    halves = [f"{day}.{half}" for day in range(WORKING_DAYS) for half in HALVES]
    actions = [
        button(t, _title(t, part), TOGETHER, team=view.team.id, parts=_toggled(view.together, part)) for part in halves
    ]
    chosen = [halves.index(part) for part in view.together if part in halves]
    sheet.add(*tiles(actions, chosen=chosen))
    sheet.write([_title(t, part) for part in halves])


def _title(t: Texts, part: str) -> str:
    return capital(parts_words(t, [part]))


def _toggled(parts: Sequence[str], part: str) -> list[str]:
    return sorted({*parts} ^ {part}, key=lambda each: (each[0], each.endswith("a")))


def draw_choose_team(view: ChooseTeamView, language: str) -> Drawn:
    """A button for each of my teams; without a team how to get one."""
    sheet = Sheet(texts(language))
    t = sheet.t
    if not view.teams:
        sheet.title(t("No team yet"))
        sheet.say(t("I am in none of your teams or group chats yet. Add me there, and type @Samen /where."))
        return sheet.done()
    sheet.title(t("Choose a team"))
    if view.setting:
        sheet.say(t("For which team: {when}?", when=parts_words(t, view.setting)))
    elif view.setting is not None:
        sheet.say(t("Which team no longer has a part of the week together?"))
    shown = view.teams[:MOST_TEAMS]
    names = [capital(team_words(t, team)) for team in shown]
    for name, team in zip(names, shown, strict=True):
        pressed = button(t, name, SHOW, team=team.id)
        sheet.buttons([pressed if view.setting is None else _setting(t, name, team, view.setting)])
    sheet.write(names)
    sheet.hint(t("Or type {example} in the team itself.", example=t("/team")))
    return sheet.done()
