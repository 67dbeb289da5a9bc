"""The cards that ask for help at the counter, and what becomes of them. They name nobody."""

from cards.catalogue import Texts, texts
from cards.counter.views import HELP, AskedView, CounterProblemView, CounterSiteView, HelpSettledView, HelpWantedView
from cards.counter.wording import LETTERS, TYPED_HALVES, problem_words
from cards.dates import in_words, typed_day
from cards.drawing import Drawn
from cards.elements import Sheet, button
from cards.names import plain
from cards.where.choices import place_choices
from cards.where.stays import PartStay, Spot
from cards.where.typed import TYPED_PLACES, or_type
from cards.where.wording import capital, half_words, team_words


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
        when = _when(t, view)
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
    when = _when(t, view)
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
    when = _when(t, view)
    sheet.say(t("{when}: the counter. Without a choice your plan says that you are at an office.", when=when))
    spots = [Spot("site", name, site_id) for site_id, name in view.sites]
    place_choices(sheet, spots, (PartStay(view.day, view.part, None),), "counter")
    sheet.hint(or_type(t, [_typed_help(t, view, view.sites[0][1])]))
    return sheet.done()


def _when(t: Texts, view: HelpWantedView | HelpSettledView | CounterSiteView) -> str:
    return capital(f"{in_words(t, view.day, 'EEEE d MMMM')} {half_words(t, view.part)}")


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
    return Drawn(None, problem_words(texts(language), view.problem, view.site))
