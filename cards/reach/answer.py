"""How to reach a colleague: now and today, in a few lines, with links to a chat and a call."""

from microsoft_teams.cards.core import OpenUrlAction

from cards.catalogue import Texts, marked, texts
from cards.dates import long_day
from cards.drawing import Drawn
from cards.elements import Sheet, action, button
from cards.names import plain
from cards.reach.views import ChooseColleagueView, ReachView, UnknownReachView, Way
from cards.reach.wording import ROUTES, URGENCIES, answered, clock, hours_words, link
from cards.where.wording import capital, stay_words

FIND, SHOW = "reach.find", "reach.show"
MOST_PEOPLE = 8
LINKED = ("chat", "call")
TITLES = {"chat": marked("Chat"), "call": marked("Call")}


def draw_reach(view: ReachView, language: str) -> Drawn:
    """Where they are now, if the board shows it, and what they chose for each sort of question."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("How to reach {name}", name=plain(view.name)), capital(long_day(t, view.day, view.day)))
    where = _where(t, view)
    if where:
        sheet.say(capital(where))
    if view.focus is not None:
        sheet.say(t("In focus until {until}. A chat is fine; the answer comes after that.", until=clock(view.focus)))
    sheet.bullets([_way(t, way) for way in view.ways])
    _links(sheet, view)
    _mentioned(sheet, mentioned=view.mentioned)
    sheet.say(t("This is what {name} shows. Only you see this answer.", name=plain(view.name)), subtle=True)
    sheet.hint(t("Or type: {examples}", examples=t("/reach")))
    return sheet.done()


def _where(t: Texts, view: ReachView) -> str | None:
    """Where they are until noon and after it; who does not work is said so, without a reason."""
    noon = clock(view.noon)
    if view.now and view.later:
        return t(
            "until {noon} {here}, then {there}",
            noon=noon,
            here=stay_words(t, view.now),
            there=stay_words(t, view.later),
        )
    if view.now:
        return t("now {here}", here=stay_words(t, view.now))
    return t("from {noon} {there}", noon=noon, there=stay_words(t, view.later)) if view.later else None


def _way(t: Texts, way: Way) -> str:
    urgency = t(URGENCIES[way.urgency])
    if way.state == "over":
        return t("{urgency}: not any more today ({route})", urgency=urgency, route=t(ROUTES[way.route]))
    if way.state == "off":
        return t("{urgency}: not today ({route})", urgency=urgency, route=t(ROUTES[way.route]))
    return t("{urgency}: {way}, {when}", urgency=urgency, way=answered(t, way.route, way.within), when=_when(t, way))


def _when(t: Texts, way: Way) -> str:
    if way.state == "working":
        return t("during working hours")
    if way.state == "now":
        return t("now") if way.until is None else t("now, until {until}", until=clock(way.until))
    return t("from {start}", start=clock(way.start or 0)) if way.until is None else hours_words(t, way.start, way.until)


def _links(sheet: Sheet, view: ReachView) -> None:
    """A link for each route they chose that Teams has a link for; to a call only while it is welcome."""
    if view.address is None:
        return
    t = sheet.t
    routes = [route for route in LINKED if any(_is_open(way) for way in view.ways if way.route == route)]
    sheet.buttons([action(OpenUrlAction(title=t(TITLES[route]), url=link(route, view.address))) for route in routes])
    sheet.write([f"{t(TITLES[route])}: {link(route, view.address)}" for route in routes])


def _is_open(way: Way) -> bool:
    return way.route != "call" or way.state in ("now", "working")


def draw_unknown(view: UnknownReachView, language: str) -> Drawn:
    """The one answer where there is nothing to tell, whatever the reason."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Nothing to show"))
    sheet.say(t("I have nothing to show about how to reach this person. A message in Teams is always fine."))
    sheet.say(
        t("Either nothing is shown to you, or I know nobody of that name in your teams. I do not say which."),
        subtle=True,
    )
    _mentioned(sheet, mentioned=view.mentioned)
    sheet.buttons([button(t, t("How to reach me"), SHOW)])
    sheet.hint(t("Type the name as Teams shows it, or look at your own: {examples}", examples=t("/reach")))
    return sheet.done()


def _mentioned(sheet: Sheet, *, mentioned: bool) -> None:
    if mentioned:
        sheet.say(
            sheet.t("You wrote their name with @ in a group, so Teams itself told them. Without @ nobody is told."),
            subtle=True,
        )


def draw_choose(view: ChooseColleagueView, language: str) -> Drawn:
    """Which of several people of that name."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Whom do you mean?"))
    shown = view.people[:MOST_PEOPLE]
    sheet.buttons([button(t, plain(name), FIND, of=user_id) for user_id, name in shown])
    sheet.write([plain(name) for _, name in shown])
    sheet.hint(t("Or type /reach and the full name."))
    return sheet.done()
