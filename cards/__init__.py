"""Cards: a view (plain values) and a language in; an Adaptive Card and its complete text form out."""

from cards.drawing import Drawn, View

__all__ = ["Drawn", "View"]
