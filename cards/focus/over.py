"""The end of a focus time: one quiet line."""

from cards.catalogue import texts
from cards.drawing import Drawn
from cards.focus.views import FocusOverView


def draw_over(view: FocusOverView, language: str) -> Drawn:
    """That it is over; and only where something is left to do, that too."""
    t = texts(language)
    over = t("Your learning time is over.") if view.learning else t("Your focus time is over.")
    if not view.left:
        return Drawn(None, over)
    left = t("I could not take everything away in Teams or your calendar yet. You can also do that there yourself.")
    return Drawn(None, f"{over} {left}")
