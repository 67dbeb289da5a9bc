"""Sharing switched on or off; and what to do where there is no team."""

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn
from cards.elements import Sheet, button
from cards.where.board import MOST_TEAMS
from cards.where.quiet import quiet_line
from cards.where.typed import or_type, plan_example, share_example
from cards.where.verbs import BOARD, PLAN, SHARE
from cards.where.views import NoTeamView, SharingView
from cards.where.wording import capital, team_words

CHOOSE = {
    "board": marked("Which team's board do you want to see?"),
    "share_on": marked("Which team may see your plan?"),
    "share_off": marked("Which team should no longer see your plan?"),
}


def draw_sharing(view: SharingView, language: str) -> Drawn:
    """Who sees my plan now, with the button to take it back."""
    sheet = Sheet(texts(language))
    t = sheet.t
    team = team_words(t, view.team)
    sheet.title(capital(_state(t, view, team)))
    if view.on and view.quiet:
        quiet_line(sheet)
    elif view.on:
        sheet.say(
            t(
                "From today on, members of {team} see where you work and what kind of work you do. What you change is on the board at once.",
                team=team,
            )
        )
    else:
        sheet.say(t("Whoever opens that board now sees nothing of yours. Nobody gets a message about it."))
    back = t("Stop sharing my plan") if view.on else t("Share it with {team}", team=team)
    undo = button(t, back, SHARE, team=view.team.id, on=not view.on)
    board = button(t, t("Today's board"), BOARD, team=view.team.id)
    sheet.buttons([undo, board, button(t, t("My plan"), PLAN)])
    back_in = [t("/start")] if view.quiet else []
    sheet.hint(or_type(t, [share_example(t, not view.on), plan_example(t), *back_in]))
    return sheet.done()


def _state(t: Texts, view: SharingView, team: str) -> str:
    if view.on and view.quiet:
        return t("Shared with {team}", team=team)
    if view.on:
        return (
            t("{team} now sees your plan", team=team) if view.changed else t("{team} already sees your plan", team=team)
        )
    if view.changed:
        return t("{team} no longer sees your plan", team=team)
    return t("{team} did not see your plan", team=team)


def draw_no_team(view: NoTeamView, language: str) -> Drawn:
    """Choose a team, or how to get one."""
    sheet = Sheet(texts(language))
    t = sheet.t
    if view.teams:
        sheet.title(t("Choose a team"))
        sheet.say(t(CHOOSE[view.purpose]))
        _teams(sheet, view)
    else:
        sheet.title(t("No team yet"))
        sheet.say(t("I am in none of your teams or group chats yet. Add me there, and type @Samen /where."))
        sheet.say(t("You can already make your own plan. Only you see it."))
    sheet.buttons([button(t, t("My plan"), PLAN)])
    sheet.hint(or_type(t, [plan_example(t)]))
    return sheet.done()


def _teams(sheet: Sheet, view: NoTeamView) -> None:
    t = sheet.t
    shown = view.teams[:MOST_TEAMS]
    names = [team_words(t, team) for team in shown]
    if view.purpose == "board":
        sheet.buttons([button(t, capital(name), BOARD, team=team.id) for team, name in zip(shown, names, strict=True)])
    else:
        on = view.purpose == "share_on"
        sheet.buttons(
            [button(t, capital(name), SHARE, team=team.id, on=on) for team, name in zip(shown, names, strict=True)]
        )
    sheet.write(names)
