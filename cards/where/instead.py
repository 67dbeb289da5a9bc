"""Where to work instead of at a closed site: a line that says so, and a button for each choice."""

from collections.abc import Sequence
from datetime import date

from cards.catalogue import Texts
from cards.dates import typed_day
from cards.elements import Action, Sheet, button
from cards.where.choices import tiles
from cards.where.stays import PartStay
from cards.where.typed import TYPED_PLACES, said_example
from cards.where.verbs import SET, part_texts
from cards.where.views import AtClosed
from cards.where.wording import HALVES, capital, half_words, listed, spot_words, when_lines

HOME = "home"
MOST_TIMES = 6  # days in one sentence


def closed_lines(sheet: Sheet, closed: AtClosed, **data: object) -> None:
    """Said together with a change of plan: it is closed there, and one tap chooses another place.

    `data` goes along with each button, as which card it stands on.
    """
    t = sheet.t
    sites = list(dict.fromkeys(spot_words(t, part.stay.spot) for part in closed.parts if part.stay))
    lines = when_lines(t, closed.parts)
    when = listed(t, [*lines[:MOST_TIMES], *(["…"] if len(lines) > MOST_TIMES else [])])
    sheet.say(
        t("Please note: {site} is closed on {when}. Where will you work instead?", site=listed(t, sites), when=when)
    )
    instead_buttons(sheet, closed, **data)


def instead_buttons(sheet: Sheet, closed: AtClosed, **data: object) -> None:
    """A button for each place, set for all the day-parts at once."""
    choices = [_choice(sheet.t, parts, **data) for parts in closed.instead]
    sheet.add(*tiles(choices))
    sheet.write([choice["title"] for choice in choices])


def _choice(t: Texts, parts: Sequence[PartStay], **data: object) -> Action:
    spots = [spot_words(t, part.stay.spot) for part in parts if part.stay]
    return button(t, capital(spots[0]), SET, parts=part_texts(parts), **data)


def typed_when(t: Texts, parts: Sequence[PartStay], today: date) -> str:
    """The first day, or half of it, as one types it: "24 nov 's ochtends"."""
    day = parts[0].day
    halves = {part.part for part in parts if part.day == day}
    written = typed_day(t, day, today)
    return written if len(halves) == len(HALVES) else f"{written} {half_words(t, parts[0].part)}"


def instead_example(t: Texts, parts: Sequence[PartStay], today: date) -> str:
    return said_example(t, typed_when(t, parts, today), t(TYPED_PLACES[HOME]))
