"""Meetings inside a focus time: when they are, and two ways around them."""

from cards.elements import Sheet
from cards.focus.choices import choices
from cards.focus.verbs import offered
from cards.focus.views import FocusSession, FocusView
from cards.focus.wording import offer_words, span_words
from cards.where.wording import listed

MOST_MEETINGS = 3


def meeting_lines(sheet: Sheet, view: FocusView, session: FocusSession) -> None:
    """Their times alone, and a shorter or a later focus time."""
    t, today = sheet.t, view.now.date()
    if not view.meetings:
        return
    shown = [span_words(t, one.starts, one.ends) for one in view.meetings[:MOST_MEETINGS]]
    more = len(view.meetings) > MOST_MEETINGS
    if len(view.meetings) == 1:
        sheet.say(t("There is a meeting in this time: {times}", times=shown[0]))
    else:
        times = ", ".join(shown) + ", …" if more else listed(t, shown)
        sheet.say(t("There are meetings in this time: {times}", times=times))
    around = []
    if view.shorter:
        title = t("Shorter: {what}", what=offer_words(t, view.shorter, today, view.usual))
        around.append(offered(t, title, view.shorter, session=session.id))
    if view.after:
        title = t("Later: from {what}", what=offer_words(t, view.after, today, view.usual))
        around.append(offered(t, title, view.after, session=session.id))
    choices(sheet, around)
