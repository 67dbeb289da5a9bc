"""My own rules on one card: what holds, who sees it, and inputs to change it."""

from microsoft_teams.cards.core import Choice, ChoiceSetInput, TimeInput

from cards.catalogue import marked, texts
from cards.drawing import Drawn
from cards.elements import Element, Sheet, button, column, element, row
from cards.reach.views import MyReachView, ReachRule
from cards.reach.wording import ROUTES, WITHIN, clock, rule_words, teams_words
from cards.where.quiet import quiet_line
from cards.where.wording import capital, team_words

SAVE, SET, SHARE = "reach.save", "reach.set", "reach.share"
MOST_TEAMS = 4  # buttons; the others are typed in the team itself
NONE = "none"
LABELS = {
    "normal": {
        "route": marked("Ordinary: how"),
        "within": marked("Ordinary: answer"),
        "from": marked("Ordinary: from"),
        "until": marked("Ordinary: until"),
    },
    "urgent": {
        "route": marked("Urgent: how"),
        "within": marked("Urgent: answer"),
        "from": marked("Urgent: from"),
        "until": marked("Urgent: until"),
    },
}
PROBLEMS = {
    "unclear": marked("I did not quite understand that. Nothing has changed."),
    "address": marked(
        "I keep no phone numbers and no addresses. Choose a route; I add the links. Nothing has changed."
    ),
    "hours": marked("Give two times, the first before the second. Nothing has changed."),
    "no_team": marked("You are in no team with me yet. Nothing has changed."),
    "which_team": marked("Which team do you mean? Choose it below. Nothing has changed."),
}
CHANGES = {
    "saved": marked("Saved. This is how you want to be reached:"),
    "undone": marked("Changed back. This is how you want to be reached:"),
    "same": marked("It was already so. Nothing has changed."),
}
SHARED = {
    "shared": marked("From now on {team} can ask me how to reach you. You can stop that at any time."),
    "already_shared": marked("{team} could already ask me how to reach you."),
    "unshared": marked("{team} can no longer ask me how to reach you. Nobody gets a message about it."),
    "not_shared": marked("{team} could not ask me how to reach you. That stays so."),
}


def draw_mine(view: MyReachView, language: str) -> Drawn:
    """The card of one's own rules."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("How to reach me"))
    if view.problem:
        sheet.say(t(PROBLEMS[view.problem]))
    if view.changed:
        _changed(sheet, view)
    sheet.bullets([rule_words(t, rule) for rule in view.rules])
    _who_sees(sheet, view)
    _actions(sheet, view)
    sheet.heading(t("Change it"))
    sheet.say(t("No times filled in: whenever I work."), subtle=True)
    for rule in view.rules:
        _inputs(sheet, rule)
    sheet.buttons([button(t, t("Save"), SAVE)])
    examples = [
        t("/reach normal chat within 4 hours 9-17"),
        t("/reach urgent call 8-18"),
        t("/reach urgent off"),
        t("/reach share off") if view.shown_to else t("/reach share on"),
    ]
    sheet.hint(t("Or type: {examples}", examples=" · ".join(examples)))
    return sheet.done()


def _changed(sheet: Sheet, view: MyReachView) -> None:
    t = sheet.t
    if view.changed in CHANGES:
        sheet.say(t(CHANGES[view.changed]))
    elif view.changed and view.team:
        sheet.say(capital(t(SHARED[view.changed], team=team_words(t, view.team))))


def _who_sees(sheet: Sheet, view: MyReachView) -> None:
    t = sheet.t
    if view.quiet:
        quiet_line(sheet)
    elif not view.shown_to:
        openly = t("Your words can be read in the group; only you can look this up with me.")
        sheet.say(openly if view.asked_openly else t("Only you see this."))
    else:
        sheet.say(t("Members of {teams} see this when they ask me.", teams=teams_words(t, view.shown_to)))
        sheet.say(
            t("Those who also see your places read where you are now and later today. Never when you were last there."),
            subtle=True,
        )


def _actions(sheet: Sheet, view: MyReachView) -> None:
    """Undo, show it to a team, or no longer."""
    t = sheet.t
    actions = [button(t, t("Undo"), SET, rules=[carried(rule) for rule in view.undo])] if view.undo else []
    for on, teams in ((True, view.others), (False, view.shown_to)):
        for team in teams[:MOST_TEAMS]:
            name = team_words(t, team)
            title = t("Show it to {team}", team=name) if on else t("Hide it from {team}", team=name)
            actions.append(button(t, title, SHARE, team=team.id, on=on))
    sheet.buttons(actions)


def _inputs(sheet: Sheet, rule: ReachRule) -> None:
    """Four inputs for one sort of question, filled with what holds; each label says which sort."""
    t, urgency = sheet.t, rule.urgency
    labels = {name: t(label) for name, label in LABELS[urgency].items()}
    routes = [Choice(title=t("No agreement"), value=NONE)]
    routes += [Choice(title=capital(t(name)), value=route) for route, name in ROUTES.items()]
    promises = [Choice(title=t("Not promised"), value=NONE)]
    promises += [Choice(title=capital(t(name)), value=str(minutes)) for minutes, name in WITHIN.items()]
    route = _choices(f"{urgency}_route", labels["route"], rule.route or NONE, routes)
    within = _choices(f"{urgency}_within", labels["within"], str(rule.within or NONE), promises)
    sheet.add(row(column("stretch", route), column("stretch", within), spacing="Medium"))
    start, until = (
        element(TimeInput(id=f"{urgency}_{end}", label=labels[end], value=_time(minute)))
        for end, minute in (("from", rule.start), ("until", rule.until))
    )
    sheet.add(row(column("stretch", start), column("stretch", until)))


def _choices(name: str, label: str, value: str, choices: list[Choice]) -> Element:
    return element(ChoiceSetInput(id=name, label=label, value=value, style="compact", choices=choices))


def _time(minute: int | None) -> str | None:
    # 24:00 is no time of day to an input; the last minute is.
    return None if minute is None else clock(min(minute, 24 * 60 - 1)).zfill(5)


def carried(rule: ReachRule) -> str:
    """A rule as a button carries it; bot/domain/reach/presses.py reads it back."""
    if rule.route is None:
        return f"{rule.urgency}...."
    parts = (rule.urgency, rule.route, rule.within, rule.start, rule.until)
    return ".".join("" if part is None else str(part) for part in parts)
