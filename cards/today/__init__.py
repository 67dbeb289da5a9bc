"""The cards of `/today` and `/done`: my day at its start, and the next one at its end.

Buttons are Action.Execute; what each verb carries, besides `l` (the language the card was drawn in):
  today.show   nothing
  today.daily  minute: when to send it on each working day, minutes after midnight
  today.off    nothing
  done.now     nothing
  done.undo    day: "2026-11-23", the day on which messages may come again
Places are chosen with the verbs of `/where`, which then carry from: "today" or "done".
"""

from cards.today.views import Choosing, DailyView, DoneView, HelpAsked, Near, TeamTime, TodayView

__all__ = ["Choosing", "DailyView", "DoneView", "HelpAsked", "Near", "TeamTime", "TodayView"]
