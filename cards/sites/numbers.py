"""How many people are expected at each site, for catering."""

from cards.catalogue import Texts, texts
from cards.dates import long_day
from cards.drawing import Drawn
from cards.elements import Sheet
from cards.names import plain
from cards.sites.views import Expected, NumbersView
from cards.where.typed import or_type
from cards.where.wording import capital

MOST_SITES = 60


def draw_numbers(view: NumbersView, language: str) -> Drawn:
    """A number a site, for the days that were counted."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Expected at our sites"))
    if not view.allowed:
        sheet.say(t("Only an administrator of Samen, or the keeper of a site, sees these numbers."))
        return sheet.done()
    for day, sites in view.days:
        sheet.heading(capital(long_day(t, day, view.today)))
        sheet.bullets([_line(t, site) for site in sites], MOST_SITES)
    if view.pending:
        sheet.say(t("The numbers for {day} come after 15:00.", day=long_day(t, view.pending, view.today)))
    sheet.say(
        t(
            "What people planned, rounded to 5 and counted once a day. Below {minimum} people I give no number.",
            minimum=view.minimum,
        ),
        subtle=True,
    )
    sheet.hint(or_type(t, [t("/office"), t("/office numbers")]))
    return sheet.done()


def _line(t: Texts, site: Expected) -> str:
    name = plain(site.site)
    if site.closed:
        return t("{site}: closed", site=name)
    if site.people is None:
        return t("{site}: no number", site=name)
    return t("{site}: about {count} people", site=name, count=site.people)
