"""Where somebody is on a day, in a line; and places to choose with one tap where nothing is filled in."""

from collections.abc import Sequence
from datetime import date, timedelta

from cards.catalogue import Texts
from cards.dates import in_words, long_day
from cards.elements import Sheet, button, words
from cards.today.views import Choosing
from cards.where.choices import place_choices
from cards.where.stays import PartStay
from cards.where.verbs import PLAN, opening
from cards.where.wording import HALVES, capital, half_words, stay_words

SOON = timedelta(days=6)  # nearer than this the name of the day is enough


def places_words(t: Texts, parts: Sequence[PartStay]) -> str:
    """The places of a day: "thuis", or "’s ochtends thuis, ’s middags Stadskantoor (balie)"."""
    filled = [part for part in parts if part.stay]
    if len(filled) == len(HALVES) and filled[0].stay == filled[1].stay:
        return stay_words(t, filled[0].stay)
    return ", ".join(f"{half_words(t, part.part)} {stay_words(t, part.stay)}" for part in filled)


def day_words(t: Texts, day: date, today: date) -> str:
    """A day to come: "Morgen (dinsdag)", "Maandag", or further away "Maandag 7 december"."""
    weekday = in_words(t, day, "EEEE")
    if day == today + timedelta(days=1):
        return capital(t("tomorrow ({weekday})", weekday=weekday))
    return capital(weekday if day - today <= SOON else long_day(t, day, today))


def next_line(sheet: Sheet, parts: Sequence[PartStay], today: date) -> None:
    """The next working day with its places, or that nothing is filled in yet."""
    t = sheet.t
    places = places_words(t, parts) or t("not filled in yet")
    strong(sheet, t("{day}: {places}", day=day_words(t, parts[0].day, today), places=places))


def strong(sheet: Sheet, text: str) -> None:
    """A line that stands out, in the card and in its text form."""
    sheet.add(words(text, weight="Bolder"))
    sheet.paragraphs.append(text)


def choices(sheet: Sheet, choosing: Choosing, question: str, card: str) -> None:
    """The question, a tile a place, and the way to all others; whoever chooses stays on this card."""
    t = sheet.t
    sheet.say(question)
    place_choices(sheet, choosing.spots, choosing.parts, None, **{"from": card})
    sheet.buttons([button(t, t("Another place"), PLAN, slot=opening(choosing.parts))])


def when_words(t: Texts, parts: Sequence[PartStay]) -> str | None:
    """The half of the day that is asked about; None = all of it."""
    return half_words(t, parts[0].part) if len(parts) == 1 else None
