"""An unclear sentence: what was understood, what is missing, and buttons to finish. Never a typed word."""

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn
from cards.elements import Action, Sheet, button
from cards.where.choices import place_choices, tiles
from cards.where.stays import PartStay
from cards.where.typed import or_type, plan_example, set_example
from cards.where.verbs import PLAN, SET, part_texts, slot_text
from cards.where.views import UnclearView
from cards.where.wording import capital, kind_words, listed, part_lines, spot_words, when_lines

MOST_OFFERS = 4
MOST_PARTS = 200
LONGEST_TITLE = 32  # characters of a button, which does not wrap
MOST_LINES = 6  # days spelled out on a button

QUESTIONS = {
    "no_place": marked("Where will you be?"),
    "no_daypart": marked("Which half of the day do you mean: the morning or the afternoon?"),
    "which_day": marked("Which day do you mean?"),
    "two_places": marked("I read more than one place for the same part of the day. Which one do you mean?"),
    "past": marked("That day has passed. Your plan starts today."),
    "too_far": marked("That is too far ahead. You can plan up to a year from now."),
    "no_such_day": marked("That day does not exist. Check the date, please."),
    "address": marked("I do not keep addresses, links or phone numbers."),
    "leftover": marked("I did not understand everything you said. Nothing has been saved."),
    "typo": marked("Do you mean this?"),
    "empty_choice": marked("Type where you will be, and when."),
    "dated": marked("A pattern has days of the week, no dates. For one date, leave out the word “pattern”."),
    "no_weekday": marked("For which days of the week? Say them, please."),
    "no_pattern": marked("Your pattern says nothing for that day. Nothing has changed."),
    "which_weeks": marked("In which weeks do you mean?"),
}


def draw_unclear(view: UnclearView, language: str) -> Drawn:
    """What is missing, and how to finish."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Not quite clear yet") if view.problem != "past" else t("I keep no history"))
    understood = "" if view.offers else _understood(t, view)
    if understood:
        sheet.say(t("I understood: {what}", what=understood))
    sheet.say(t(QUESTIONS[view.problem]))
    _offers(sheet, view)
    _halves(sheet, view)
    if view.spots and view.parts:
        if view.problem != "no_place":
            sheet.say(t("Choose your place for {when}:", when=listed(t, when_lines(t, view.parts))))
        place_choices(sheet, view.spots, view.parts, view.kind)
    sheet.buttons([button(t, t("My plan"), PLAN)])
    said = [part for parts in (view.parts, *(offer.parts for offer in view.offers)) for part in parts]
    day = said[0].day if said else view.today
    sheet.hint(or_type(t, [set_example(t, day, view.today), plan_example(t)]))
    return sheet.done()


def _understood(t: Texts, view: UnclearView) -> str:
    """Days, place and kind of work: only words that Samen knows."""
    # With places to choose from, the day stands above them.
    pieces = when_lines(t, view.parts) if view.problem == "no_place" or not view.spots else []
    if view.spot:
        pieces.append(spot_words(t, view.spot))
    if view.kind:
        pieces.append(kind_words(t, view.kind))
    return " · ".join(pieces)


def _offers(sheet: Sheet, view: UnclearView) -> None:
    """Complete readings; where a word is left over, what the rest says is one."""
    t = sheet.t
    offers = [offer.parts for offer in view.offers[: _room(view)]]
    if not offers and view.problem == "leftover" and view.parts and all(part.stay for part in view.parts):
        sheet.say(t("Shall I note what I did understand?"))
        offers = [view.parts]
    choices = [_offer(t, parts) for parts in offers]
    if all(len(choice["title"]) <= LONGEST_TITLE for choice in choices):
        # A real button says "tap me" better than a tile; a long reading would be cut off on one.
        for choice in choices:
            sheet.buttons([choice])
    else:
        sheet.add(*tiles(choices, across=1))
    sheet.write([capital(_words(t, parts)) for parts in offers])


def _halves(sheet: Sheet, view: UnclearView) -> None:
    """Morning or afternoon, where the place is still missing too: each opens the choices for it."""
    if view.problem != "no_daypart" or view.offers:
        return
    kind = {"kind": view.kind} if view.kind else {}
    titles = [capital(listed(sheet.t, when_lines(sheet.t, [part]))) for part in view.parts[:MOST_OFFERS]]
    choices = [
        button(sheet.t, title, PLAN, slot=slot_text(p), **kind) for title, p in zip(titles, view.parts, strict=False)
    ]
    sheet.add(*tiles(choices, across=2))
    sheet.write(titles)


def _room(view: UnclearView) -> int:
    """How many readings fit: a long one takes the place of several."""
    longest = max((len(offer.parts) for offer in view.offers), default=0)
    return max(1, min(MOST_OFFERS, MOST_PARTS // max(1, longest)))


def _offer(t: Texts, parts: tuple[PartStay, ...]) -> Action:
    return button(t, capital(_words(t, parts)), SET, parts=part_texts(parts))


def _words(t: Texts, parts: tuple[PartStay, ...]) -> str:
    lines = part_lines(t, parts)
    return "; ".join([*lines[:MOST_LINES], *(["…"] if len(lines) > MOST_LINES else [])])
