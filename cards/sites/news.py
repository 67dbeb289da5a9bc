"""The messages to whoever planned at a site: it closes, or it opens after all."""

from datetime import timedelta

from cards.catalogue import texts
from cards.dates import short_day
from cards.drawing import Drawn
from cards.elements import Sheet, button
from cards.names import plain
from cards.sites.views import MoveLaterView, SiteClosedView, SiteOpenedView
from cards.where.choices import tiles
from cards.where.instead import instead_buttons, instead_example, typed_when
from cards.where.typed import or_type, plan_example, said_example, set_example
from cards.where.verbs import PLAN, SET, part_texts
from cards.where.wording import when_lines

MOST_DAYS_BACK = 4  # buttons; more days than these can be typed


def draw_closed(view: SiteClosedView, language: str) -> Drawn:
    """When it is closed, and where to work instead with one tap."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("{site} is closed", site=plain(view.site)))
    sheet.bullets(when_lines(t, view.closed.parts))
    sheet.say(t("You had planned to work there. Where will you work instead?"))
    instead_buttons(sheet, view.closed)
    sheet.buttons([button(t, t("I will choose later"), "sites.later"), button(t, t("My plan"), PLAN)])
    sheet.hint(or_type(t, [instead_example(t, view.closed.parts, view.today), plan_example(t), t("/office later")]))
    sheet.say(t("Only you get this message, and only once. If you do nothing, your plan stays as it is."), subtle=True)
    return sheet.done()


def draw_opened(view: SiteOpenedView, language: str) -> Drawn:
    """When it is open again; whoever went elsewhere can go back with one tap."""
    sheet = Sheet(texts(language))
    t = sheet.t
    site = plain(view.site)
    if view.here:
        sheet.title(t("{site} is open after all", site=site))
        sheet.bullets(when_lines(t, view.parts))
        sheet.say(t("You still have it in your plan. You need not do anything."))
        return sheet.done()
    sheet.title(t("{site} is open again", site=site))
    sheet.bullets(when_lines(t, view.parts))
    if view.back:
        sheet.say(t("Do you want to go back there? Your plan stays as it is until you choose."))
    several = len(view.back) > 1
    choices = [
        button(
            t,
            t("Back to {site} on {day}", site=site, day=short_day(t, parts[0].day))
            if several
            else t("Back to {site}", site=site),
            SET,
            parts=part_texts(parts),
        )
        for parts in view.back[:MOST_DAYS_BACK]
    ]
    sheet.add(*tiles(choices, across=1))
    sheet.write([choice["title"] for choice in choices])
    examples = [said_example(t, typed_when(t, view.back[0], view.today), site)] if view.back else []
    sheet.hint(or_type(t, [*examples, plan_example(t)]))
    return sheet.done()


def draw_later(view: MoveLaterView, language: str) -> Drawn:
    """That is fine, and how to say it later."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("That is fine"))
    sheet.say(t("Say it when you know. I will not ask again."))
    sheet.buttons([button(t, t("My plan"), PLAN)])
    sheet.hint(or_type(t, [set_example(t, view.today + timedelta(days=1), view.today), plan_example(t)]))
    return sheet.done()
