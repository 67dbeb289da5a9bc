"""What was set, with undo, who sees it, and the board of the first day."""

from cards.catalogue import Texts, texts
from cards.drawing import Drawn
from cards.elements import MOST_LINES, Sheet, button
from cards.where.board import MOST_TEAMS, board_body, day_buttons
from cards.where.instead import closed_lines
from cards.where.quiet import quiet_line
from cards.where.typed import or_type, plan_example, set_example, share_example
from cards.where.verbs import BOARD, PLAN, SHARE, UNDO, part_texts
from cards.where.views import ChangedView
from cards.where.wording import capital, listed, part_lines, team_words

MOST_LINES_ON_PLAN = 6  # the plan below it shows every day anyway


def draw_changed(view: ChangedView, language: str) -> Drawn:
    """The confirmation, and the board below it."""
    sheet = Sheet(texts(language))
    changed_lines(sheet, view)
    if view.board:
        below = Sheet(sheet.t)
        board_body(below, view.board, planned=not view.undone)
        below.buttons(day_buttons(sheet.t, view.board))
        board = button(sheet.t, sheet.t("Today's board"), BOARD, team=view.board.team.id)
        sheet.join(below, [board])
    return sheet.done()


def changed_lines(sheet: Sheet, view: ChangedView, *, on_plan: bool = False) -> None:
    """What was set, day by day; on the plan card without who sees it, which the plan says itself."""
    t = sheet.t
    sheet.title(changed_title(t, view))
    sheet.bullets(part_lines(t, view.parts), MOST_LINES_ON_PLAN if on_plan else MOST_LINES)
    if view.closed:
        closed_lines(sheet, view.closed)
    newer_line(sheet, view)
    actions = []
    if view.undo:
        origin: dict[str, object] = {"from": "plan"} if on_plan else {"was": part_texts(view.parts)}
        actions.append(button(t, t("Undo"), UNDO, parts=part_texts(view.undo), **origin))
    if on_plan:
        sheet.buttons(actions)
        return
    sheet.buttons([*actions, button(t, t("My plan"), PLAN)])
    who_sees(sheet, view)
    first = view.parts[0].day if view.parts else view.today
    seen = t("/start") if view.quiet else share_example(t, not view.shown_to)
    sheet.hint(or_type(t, [set_example(t, first, view.today), plan_example(t), seen]))


def changed_title(t: Texts, view: ChangedView) -> str:
    """What happened: noted, put back, or so already."""
    if view.undone:
        return t("Not put back") if view.unchanged else t("Put back")
    return t("It was so already") if view.unchanged else t("Noted")


def newer_line(sheet: Sheet, view: ChangedView) -> None:
    """That what is newer than an undo stays."""
    if view.kept_newer:
        sheet.say(sheet.t("What you changed after that, I leave as it is."))


def who_sees(sheet: Sheet, view: ChangedView) -> None:
    """Which teams see it; where none does, a button for each that could."""
    t = sheet.t
    if view.quiet:
        quiet_line(sheet)
        return
    if view.still_asking and view.offer:
        team = team_words(t, view.offer[0])
        sheet.say(
            capital(
                t(
                    "{team} does not see this yet, so it goes on asking for help. Do you want to show it there?",
                    team=team,
                )
            )
        )
    elif view.shown_to:
        sheet.say(t("Also seen by {teams}.", teams=listed(t, [team_words(t, team) for team in view.shown_to])))
    elif view.asked_openly:
        sheet.say(t("The group can read your message, but this is on no board yet. Do you want to share it?"))
    elif view.offer:
        sheet.say(t("Only you see this. Do you want to share it?"))
    else:
        sheet.say(t("Only you see this."))
    offers = view.offer[:MOST_TEAMS]
    sheet.buttons(
        [button(t, t("Share it with {team}", team=team_words(t, o)), SHARE, team=o.id, on=True) for o in offers]
    )
