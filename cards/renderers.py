"""Which function draws which view: one explicit table."""

from cards.drawing import Renderers

RENDERERS: Renderers = {}
