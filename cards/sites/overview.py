"""Which sites are closed; for who keeps one: closing, opening, and how many have moved."""

from datetime import date, timedelta

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn
from cards.elements import Action, Sheet, button, words
from cards.names import plain, shortened
from cards.sites.views import ClosedSite, Reading, SitesView, Switched
from cards.where.choices import tiles
from cards.where.typed import or_type, set_example
from cards.where.unclear import QUESTIONS
from cards.where.wording import listed, when_lines

CLOSE, OPEN = "sites.close", "sites.open"
MOST_NAMES = 20
TITLE = (24, 48)  # characters and bytes of a name on a button, which does not wrap
MOST_CLOSED = 12
MOST_TIMES = 6  # lines a site
PROBLEMS = {
    "not_keeper": marked("Only an administrator of Samen, or the keeper of that site, can close or open it."),
    "unknown_site": marked("I do not know which site you mean. Use its name."),
    "unclear": marked("I did not understand everything you said, so I did nothing."),
    "which": marked("What do you mean?"),
    "unknown_act": marked("I did not understand what you want to do. Nothing has changed."),
    "past": marked("That day has passed."),
    "too_far": marked("That is too far ahead: at most a year from now."),
    "no_such_day": QUESTIONS["no_such_day"],
    "address": QUESTIONS["address"],
}


def draw_sites(view: SitesView, language: str) -> Drawn:
    """What was done or went wrong, what is closed, and what to type."""
    sheet = Sheet(texts(language))
    t = sheet.t
    if view.switched:
        _switched(sheet, view.switched)
        sheet.heading(t("Closed sites"))
    else:
        sheet.title(t("Closed sites"))
    if view.problem:
        sheet.say(t(PROBLEMS[view.problem]))
        readings = [_reading(t, reading) for reading in view.readings]
        sheet.add(*tiles(readings, across=1))
        sheet.write([reading["title"] for reading in readings])
    if view.problem == "unknown_site" and view.sites:
        names = ", ".join(plain(name) for name in view.sites[:MOST_NAMES])
        sheet.say(t("These are the sites: {sites}.", sites=names))
    if not view.sites:
        sheet.say(t("No site has a name yet. An administrator adds one with /locations."))
    elif not view.closed and not view.problem:
        sheet.say(t("No site is closed."))
    for closed in view.closed[:MOST_CLOSED]:
        _closed(sheet, closed)
    if view.keeps:
        _for_keepers(sheet, view)
    else:
        sheet.hint(t("To say where you work yourself, type: {example}", example=_own_example(t, view.today)))
    return sheet.done()


def _switched(sheet: Sheet, switched: Switched) -> None:
    t, site = sheet.t, plain(switched.site.name)
    if switched.closed:
        title = t("{site} is closed", site=site) if switched.changed else t("{site} was closed already", site=site)
    else:
        title = t("{site} is open again", site=site) if switched.changed else t("{site} was open already", site=site)
    sheet.title(title)
    sheet.bullets(when_lines(t, switched.parts), MOST_TIMES)
    if switched.closed and switched.changed:
        sheet.say(
            t(
                "Whoever planned to work there gets a message from me and can choose another place. I tell nobody who they are."
            )
        )
    elif switched.changed:
        sheet.say(t("Whoever I told that it was closed hears that it is open again."))
    if switched.undo:
        verb = OPEN if switched.closed else CLOSE
        sheet.buttons([button(t, t("Undo"), verb, site=switched.site.id, slots=switched.undo)])


def _reading(t: Texts, reading: Reading) -> Action:
    site, when = plain(reading.site.name), listed(t, when_lines(t, reading.parts)[:MOST_TIMES])
    said = t("Close {site}: {when}", site=site, when=when)
    verb = CLOSE
    if not reading.close:
        said, verb = t("Open {site}: {when}", site=site, when=when), OPEN
    return button(t, said, verb, site=reading.site.id, slots=reading.slots)


def _closed(sheet: Sheet, closed: ClosedSite) -> None:
    """When a site is closed; opening it again, and about how many moved, for who keeps it."""
    t, site = sheet.t, plain(closed.site.name)
    lines = when_lines(t, closed.parts)
    shown = [*lines[:MOST_TIMES], *(["…"] if len(lines) > MOST_TIMES else [])]
    sheet.add(words(site, weight="Bolder", spacing="Medium"), *(words(line, spacing="None") for line in shown))
    sheet.write([f"{site}: {', '.join(lines)}"])
    if closed.moved is not None:
        sheet.say(t("About {count} of those who planned to work there chose another place.", count=closed.moved))
    if closed.may_open:
        sheet.buttons(
            [button(t, t("Open {site}", site=shortened(site, *TITLE)), OPEN, site=closed.site.id, slots=closed.slots)]
        )


def _for_keepers(sheet: Sheet, view: SitesView) -> None:
    t, site = sheet.t, plain(view.keeps[0])
    if view.closed:
        sheet.say(
            t(
                "I count once a day, from 15:00, how many chose another place. Rounded to 5; for few people I give no number."
            ),
            subtle=True,
        )
    sheet.hint(
        or_type(
            t,
            [
                t("/office closed {site} tomorrow", site=site),
                t("/office open {site} tomorrow", site=site),
                t("/office numbers"),
            ],
        )
    )


def _own_example(t: Texts, today: date) -> str:
    return set_example(t, today + timedelta(days=1), today, "site")
