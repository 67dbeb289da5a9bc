"""What of a focus time could not be taken away in Teams and the calendar, and what becomes of it."""

from collections.abc import Sequence
from datetime import date

from cards.catalogue import Texts, marked
from cards.elements import Sheet
from cards.focus.wording import clock, near_day, span_words
from cards.owndata.views import FocusLeft

STAYS = marked("It did not work at Microsoft: the block of {when} stays in your calendar. You can delete it yourself.")
STILL = marked(
    "It did not work at Microsoft yet: the block of {when} is still in your calendar. I keep trying; you can also delete "
    "it yourself."
)
UNSURE = marked(
    "I do not know whether the block of {when} is out of your calendar. If it is still there, you can delete it yourself."
)


def left_lines(sheet: Sheet, left: Sequence[FocusLeft], today: date | None, *, trying: bool = False) -> None:
    """A line for each block, and until when the rest shows; `trying`: Samen goes on with it."""
    t = sheet.t
    for one in left:
        if one.block:
            said = UNSURE if one.block == "unsure" else STILL if trying else STAYS
            sheet.say(t(said, when=_when(t, one, today)))
    ends = [one.until for one in left if one.until]
    if ends:
        sheet.say(t("The Teams status and message that I set end by themselves at {time}.", time=clock(max(ends))))


def _when(t: Texts, one: FocusLeft, today: date | None) -> str:
    day, span = one.starts.date(), span_words(t, one.starts, one.ends)
    return span if today in (None, day) else f"{near_day(t, day, today)} {span}"
