"""The cards about sites that close: the overview, the message to whoever planned there, and the expected numbers.

Buttons are Action.Execute; what each verb carries, besides `l` (the language the card was drawn in):
  sites.show   nothing
  sites.close  site: a named place's id; slots: day-parts as bot/domain/sites.py packs them
  sites.open   likewise
  sites.later  nothing
"""

from cards.sites.views import (
    ClosedSite,
    Expected,
    MoveLaterView,
    NumbersView,
    Reading,
    SiteClosedView,
    SiteName,
    SiteOpenedView,
    SitesView,
    Switched,
)

__all__ = [
    "ClosedSite",
    "Expected",
    "MoveLaterView",
    "NumbersView",
    "Reading",
    "SiteClosedView",
    "SiteName",
    "SiteOpenedView",
    "SitesView",
    "Switched",
]
