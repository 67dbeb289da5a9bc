"""The cards of the counter: what a team needs and when, and asking for help without naming anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cards.catalogue import Texts, marked, texts
from cards.dates import in_words, short_day, typed_day
from cards.drawing import Drawn, View
from cards.elements import Sheet, button, container, words
from cards.names import plain
from cards.where.board import MOST_TEAMS
from cards.where.choices import place_choices
from cards.where.stays import PartStay, Spot, TeamChoice
from cards.where.typed import TYPED_PLACES, or_type
from cards.where.wording import capital, half_words, team_words

SHOW, NEED, BUSY, HELP = "counter.show", "counter.need", "counter.busy", "counter.help"
LETTERS = {"morning": "m", "afternoon": "a"}
A_MONDAY = date(2026, 11, 23)

PROBLEMS = {
    "days": marked(
        "I did not understand that. Nothing has changed. Type a day, a half of the day and how many: {example}."
    ),
    "half": marked("Which half of the day do you mean? Type morning or afternoon. Nothing has changed."),
    "number": marked("How many are needed? Type a number from 1 to 20, or 0 for nobody. Nothing has changed."),
    "site": marked(
        "I know no place with that name, so nothing has changed. Leave it out, or type a name that an administrator gave."
    ),
    "missing": marked("How many are needed? Type a number from 1 to 20, or 0 for nobody. Nothing has changed."),
    "closed": marked("{site} is closed then. Nothing has changed."),
    "over": marked("That half of the day is over. Thank you for thinking along."),
    "night": marked("I ask for help between 8:00 and 18:00 only. Nobody was asked."),
    "weekend": marked(
        "At the weekend I ask for help only where somebody is needed at the counter that day. Nobody was asked."
    ),
}
TYPED_HALVES = {"morning": marked("morning"), "afternoon": marked("afternoon")}


@dataclass(frozen=True, slots=True)
class NeedRow:
    """When a need comes by next: how many, where if said, and whether what colleagues share covers it."""

    day: date
    part: str  # "morning" or "afternoon"
    people: int
    covered: bool
    site: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class NeedSet:
    """What was just set: days of the week (Monday = 0) with their day-parts, and how many from now on."""

    parts: tuple[tuple[int, str], ...]
    people: int
    site: str | None = None


@dataclass(frozen=True, slots=True)
class CounterView(View):
    """A team's counter for the week ahead. `others`: my other teams. `problem` is a key of PROBLEMS."""

    team: TeamChoice
    today: date
    rows: tuple[NeedRow, ...]
    changed: NeedSet | None = None
    problem: str | None = None
    others: tuple[TeamChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class WhichCounterView(View):
    """Several teams: which one is meant? `verb` is what to do there, `need` what to set."""

    teams: tuple[TeamChoice, ...]
    verb: str
    need: NeedSet | None = None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class HelpWantedView(View):
    """Said to the whole team: help is needed. Neither who is planned nor how many are missing stands in it.

    `people` is how many are needed there; None: it is busy now.
    """

    team_id: str
    day: date
    part: str
    today: date
    people: int | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class HelpSettledView(View):
    """What the question to the team becomes: it is settled, or the half of the day is `over`, or the site `closed`.

    By whom it was settled stands nowhere.
    """

    day: date
    part: str
    site: str | None = None
    over: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class CounterSiteView(View):
    """For who helps where nothing says at which site: a button for each, (id, name)."""

    day: date
    part: str
    today: date
    sites: tuple[tuple[str, str], ...]

    @property
    def first_day(self) -> date:
        return self.day


@dataclass(frozen=True, slots=True)
class AskedView(View):
    """For who said that it is busy: when the team was asked; `again`: somebody did so within the hour."""

    team: TeamChoice
    at: str  # "14:05", in the team's zone
    again: bool = False


@dataclass(frozen=True, slots=True)
class CounterProblemView(View):
    """Why nothing was done; `problem` is a key of PROBLEMS."""

    problem: str
    site: str | None = None  # the one that is closed


def draw_counter(view: CounterView, language: str) -> Drawn:
    """What was set, then the week ahead, and what to press or type."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("The counter of {team}", team=team_words(t, view.team)))
    if view.problem:
        sheet.say(_problem(t, view.problem))
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


def _problem(t: Texts, problem: str, site: str | None = None) -> str:
    example = {"example": t("/counter mon morning 2")} if problem == "days" else {}
    closed = {"site": capital(plain(site or ""))} if problem == "closed" else {}
    return t(PROBLEMS[problem], **example, **closed)


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


def draw_help_wanted(view: HelpWantedView, language: str) -> Drawn:
    """The question to the team, with "I can"."""
    sheet = Sheet(texts(language))
    t = sheet.t
    if view.people is None:
        sheet.title(t("It is busy at the counter"))
        where = (
            t("It is busy at the counter of {site}. Who can help out now?", site=plain(view.site)) if view.site else ""
        )
        sheet.say(where or t("Who can help out now?"))
    else:
        sheet.title(t("Help wanted at the counter"))
        when = capital(f"{in_words(t, view.day, 'EEEE d MMMM')} {half_words(t, view.part)}")
        needed = t.many("{count} in all", "{count} in all", view.people)
        if view.site:
            sheet.say(
                t(
                    "{when}: help is still wanted at the counter of {site} ({needed}).",
                    when=when,
                    site=plain(view.site),
                    needed=needed,
                )
            )
        else:
            sheet.say(t("{when}: help is still wanted at the counter ({needed}).", when=when, needed=needed))
    slot = f"{view.day.isoformat()}.{LETTERS[view.part]}"
    sheet.buttons([button(t, t("I can"), HELP, team=view.team_id, slot=slot)])
    sheet.say(t("“I can” puts it in your own plan. Nobody sees who does not answer."), subtle=True)
    sheet.hint(or_type(t, [_typed_help(t, view, view.site)]))
    return sheet.done()


def draw_help_settled(view: HelpSettledView, language: str) -> Drawn:
    """What became of the question: nothing to press any more."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Help at the counter"))
    when = capital(f"{in_words(t, view.day, 'EEEE d MMMM')} {half_words(t, view.part)}")
    sheet.say(f"{when} ({plain(view.site)})" if view.site else when, subtle=True)
    if view.closed:
        sheet.say(t("Help is no longer needed: {site} is closed.", site=plain(view.site or "")))
    else:
        sheet.say(t("This half of the day is over.") if view.over else t("It is settled. Thank you!"))
    return sheet.done()


def draw_site(view: CounterSiteView, language: str) -> Drawn:
    """The question, and a button for each site that says it in one's own plan."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("At which site will you be?"))
    when = capital(f"{in_words(t, view.day, 'EEEE d MMMM')} {half_words(t, view.part)}")
    sheet.say(t("{when}: the counter. Without a choice your plan says that you are at an office.", when=when))
    spots = [Spot("site", name, site_id) for site_id, name in view.sites]
    place_choices(sheet, spots, (PartStay(view.day, view.part, None),), "counter")
    sheet.hint(or_type(t, [_typed_help(t, view, view.sites[0][1])]))
    return sheet.done()


def _typed_help(t: Texts, view: HelpWantedView | CounterSiteView, site: str | None) -> str:
    return t(
        "/where {day} {part} {place} counter",
        day=typed_day(t, view.day, view.today),
        part=t(TYPED_HALVES[view.part]),
        place=plain(site) if site else t(TYPED_PLACES["site"]),
    )


def draw_asked(view: AskedView, language: str) -> Drawn:
    """A sentence: asked, or asked already."""
    t = texts(language)
    team = team_words(t, view.team)
    if view.again:
        return Drawn(
            None,
            t(
                "Help was already asked for in {team}, at {at}. I do not ask twice within the hour.",
                team=team,
                at=view.at,
            ),
        )
    return Drawn(None, t("I asked {team} who can help at the counter.", team=team))


def draw_problem(view: CounterProblemView, language: str) -> Drawn:
    return Drawn(None, _problem(texts(language), view.problem, view.site))
