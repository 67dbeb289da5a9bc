"""The first card: my week, who sees it, my language; and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from microsoft_teams.cards.core import Choice, ChoiceSetInput

from cards.catalogue import Texts, marked, texts
from cards.dates import in_words
from cards.drawing import Drawn, View
from cards.elements import Action, Sheet, button, column, element, row
from cards.language import NAMES, TOLD
from cards.names import plain
from cards.where import AtClosed
from cards.where.instead import closed_lines
from cards.where.quiet import quiet_line
from cards.where.stays import Spot, TeamChoice
from cards.where.typed import or_type, plan_example, set_example, share_example
from cards.where.verbs import BOARD, PLAN, SHARE
from cards.where.wording import capital, listed, spot_words, team_words

SAVE, LATER, SHOW = "start.save", "start.later", "start.show"
A_MONDAY = date(2026, 11, 23)  # any: only the names of its days are used
DAYS = ("mon", "tue", "wed", "thu", "fri")
OPEN = "open"
MOST_BUTTONS = 3
REASONS = {
    "asked": marked("Three things, and you are ready. You may skip each of them."),
    "greeting": marked("Hello! I help your team see who works where. Three things, and you are ready."),
    "added": marked("Hello! I help your team see who works where. Three things, and you are ready."),
    "unknown": marked("I did not understand that. You can begin here, or type /help."),
}

ONLY_LANGUAGE = marked(
    "Hello! Showing where you work is switched off in your organisation, so I only ask your language."
)


@dataclass(frozen=True, slots=True)
class FirstView(View):
    """The first card, filled with what holds. `choices`: (value, place) of what a day can be.

    `reason`: "asked", "greeting", "added" or "unknown" (words not understood). `week`: Monday to Friday, "open" where
    nothing is fixed. `where` False = the organisation has places switched off: only the language is asked.
    """

    reason: str
    bot: str
    choices: tuple[tuple[str, Spot], ...]
    week: tuple[str, ...]
    today: date
    teams: tuple[TeamChoice, ...] = ()
    shown_to: tuple[TeamChoice, ...] = ()  # the teams that see my places now
    language: str = "nl"
    where: bool = True

    @property
    def first_day(self) -> date | None:
        return self.today if any(day != OPEN for day in self.week) else None


@dataclass(frozen=True, slots=True)
class StartedView(View):
    """What holds after saving: Monday to Friday (None = not fixed), who sees it, the language."""

    week: tuple[Spot | None, ...]
    today: date
    shown_to: tuple[TeamChoice, ...] = ()
    others: tuple[TeamChoice, ...] = ()  # my teams that do not see it
    language: str = "nl"
    where: bool = True
    quiet: bool = False  # I pause or stopped: nobody sees it now
    changed: bool = True
    closed: AtClosed | None = None  # what of it is at a site that is closed soon

    @property
    def first_day(self) -> date | None:
        return self.today if any(self.week) else None


@dataclass(frozen=True, slots=True)
class LaterView(View):
    """Not now: when it is offered again, and how to get it before."""


@dataclass(frozen=True, slots=True)
class ResumedView(View):
    """A pause or stop has ended: the teams that see my places and how to reach me again."""

    places: tuple[TeamChoice, ...] = ()
    reach: tuple[TeamChoice, ...] = ()


def draw_first(view: FirstView, language: str) -> Drawn:
    """Three questions and two buttons."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Begin with {bot}", bot=plain(view.bot)))
    opening = REASONS[view.reason] if view.where or view.reason == "unknown" else ONLY_LANGUAGE
    sheet.say(t(opening))
    if view.shown_to and view.where:
        teams = listed(t, [team_words(t, team) for team in view.shown_to])
        sheet.say(t("Seen by {teams}: where you work and what kind of work you do.", teams=teams))
    else:
        sheet.say(t("Nobody sees where you work until you choose a team. You can change or delete it at any time."))
    if view.where:
        _week(sheet, view)
        _teams(sheet, view)
    _language(sheet, view)
    save = button(t, t("Save"), SAVE, **_as_drawn(view))
    sheet.buttons([save, button(t, t("Not now"), LATER)])
    examples = [t("/where pattern mon home, fri off"), share_example(t, True)] if view.where else []
    sheet.hint(or_type(t, [*examples, t("/language en")]))
    sheet.hint(t("“Not now” holds for three months. Then type /start whenever you like."))
    return sheet.done()


def _as_drawn(view: FirstView) -> dict[str, object]:
    """What the card shows: only what is changed on it is kept, also when the card is an old one."""
    offered = [team.id for team in view.teams]
    shown = {team.id for team in view.shown_to}
    language = {"was_language": view.language} if view.language in NAMES else {}
    days = {"was_days": list(view.week)} if view.where else {}
    return {"teams": offered, "was_shown_to": [one for one in offered if one in shown], **days, **language}


def _week(sheet: Sheet, view: FirstView) -> None:
    t = sheet.t
    sheet.heading(t("Where do you usually work?"))
    sheet.say(t("Half days and other places: type them later."), subtle=True)
    choices = [Choice(title=t("Differs"), value=OPEN)]
    choices += [Choice(title=capital(spot_words(t, spot)), value=value) for value, spot in view.choices]
    inputs = [
        element(
            ChoiceSetInput(id=day, label=_day(t, number), value=view.week[number], style="compact", choices=choices)
        )
        for number, day in enumerate(DAYS)
    ]
    for start in range(0, len(inputs), 2):
        pair = [column("stretch", one) for one in inputs[start : start + 2]]
        sheet.add(row(*pair, *(column("stretch") for _ in range(2 - len(pair)))))
    spots = dict(view.choices)
    fixed = [spots.get(value) for value in view.week]
    sheet.write(_days(t, fixed))


def _teams(sheet: Sheet, view: FirstView) -> None:
    t = sheet.t
    sheet.heading(t("Which teams may see where you work?"))
    if not view.teams:
        sheet.say(t("I am in none of your teams yet, so nobody does. You can choose later."))
        return
    sheet.say(t("Members then see where you work and what kind of work you do. None is fine too."), subtle=True)
    choices = [Choice(title=capital(team_words(t, team)), value=team.id) for team in view.teams]
    offered = {team.id for team in view.teams}
    shown = ",".join(team.id for team in view.shown_to if team.id in offered) or None
    label = t("Teams that may see it")
    teams = ChoiceSetInput(id="shown_to", label=label, is_multi_select=True, wrap=True, value=shown, choices=choices)
    sheet.add(element(teams))
    sheet.write([capital(team_words(t, team)) for team in view.teams])


def _language(sheet: Sheet, view: FirstView) -> None:
    t = sheet.t
    sheet.heading(t("In which language do I answer you?"))
    choices = [Choice(title=name, value=code) for code, name in NAMES.items()]
    value = view.language if view.language in NAMES else "nl"
    language = ChoiceSetInput(id="language", label=t("Language"), value=value, style="compact", choices=choices)
    sheet.add(element(language))
    sheet.write(list(NAMES.values()))


def _day(t: Texts, number: int) -> str:
    return capital(in_words(t, A_MONDAY + timedelta(days=number), "EEEE"))


def _days(t: Texts, week: Sequence[Spot | None]) -> list[str]:
    """The days that have a place: "Maandag: thuis"."""
    return [f"{_day(t, number)}: {spot_words(t, spot)}" for number, spot in enumerate(week) if spot]


def draw_started(view: StartedView, language: str) -> Drawn:
    """What was set, who sees it, what else there is, and the way back."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Ready") if view.changed else t("Nothing has changed"))
    sheet.say(t("I answer you in {language}.", language=t(TOLD[view.language])))
    actions: list[Action] = []
    if view.where:
        _what_holds(sheet, view)
        actions = [button(t, t("My plan"), PLAN), button(t, t("Today's board"), BOARD)]
        for team in () if view.quiet else view.others[:MOST_BUTTONS]:
            actions.append(button(t, t("Share it with {team}", team=team_words(t, team)), SHARE, team=team.id, on=True))
    sheet.buttons([*actions, button(t, t("Change it"), SHOW)])
    sheet.say(t("This is what else you can type:"))
    more = [set_example(t, A_MONDAY, A_MONDAY - timedelta(days=1)), plan_example(t)] if view.where else []
    sheet.bullets([*more, t("/reach"), t("/help")])
    sheet.hint(
        t(
            "Changed your mind? Type /start to change it, /privacy to see what I keep, /forget to have what you filled in deleted."
        )
    )
    return sheet.done()


def _what_holds(sheet: Sheet, view: StartedView) -> None:
    t = sheet.t
    days = _days(t, view.week)
    if days:
        sheet.say(t("Your usual week:"))
        sheet.bullets(days)
    else:
        sheet.say(t("No fixed days: you say where you work whenever you like."))
    if view.closed:
        closed_lines(sheet, view.closed)
    if view.quiet:
        quiet_line(sheet)
    elif view.shown_to:
        teams = listed(t, [team_words(t, team) for team in view.shown_to])
        sheet.say(t("Seen by {teams}: where you work and what kind of work you do.", teams=teams))
    else:
        sheet.say(t("Only you see this."))


def draw_later(_view: LaterView, language: str) -> Drawn:
    """One sentence, and the way back."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Fine, not now"))
    sheet.say(t("I will not offer this again for three months. That is all I remember of this."))
    sheet.say(t("Whenever you want it: type /start. Everything else works without it; /help shows how."))
    sheet.buttons([button(t, t("Begin after all"), SHOW)])
    return sheet.done()


def draw_resumed(view: ResumedView, language: str) -> Drawn:
    """Welcome back, and who sees what from now on."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Good to have you back"))
    sheet.say(t("From now on this can be seen again:"))
    lines = []
    if view.places:
        lines.append(t("Your places: {teams}", teams=listed(t, [team_words(t, team) for team in view.places])))
    if view.reach:
        lines.append(t("How to reach you: {teams}", teams=listed(t, [team_words(t, team) for team in view.reach])))
    sheet.bullets(lines or [t("Nothing: you share with no team.")])
    sheet.buttons([button(t, t("My plan"), PLAN), button(t, t("Change it"), SHOW)])
    sheet.hint(or_type(t, [plan_example(t), t("/start"), t("/pause 2 weeks")]))
    return sheet.done()
