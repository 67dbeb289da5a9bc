"""What administrators did, and how Samen itself is doing."""

from cards.admin.views import HealthView, LogView
from cards.admin.wording import FAILURES, act, moment
from cards.catalogue import texts
from cards.drawing import Drawn
from cards.elements import Sheet, button


def draw_log(view: LogView, language: str) -> Drawn:
    """A page of the audit log, newest first."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Who did what"), t("Administrative acts of the last year, newest first. Samen never changes them."))
    if view.acts:
        sheet.bullets([act(t, one) for one in view.acts])
    else:
        sheet.say(t("Nothing yet.") if view.page == 1 else t("There is nothing older."))
    older, newer = view.page + 1, view.page - 1
    buttons = [button(t, t("Newer"), "admin.log", page=newer)] if newer else []
    buttons += [button(t, t("Older"), "admin.log", page=older)] if view.more else []
    sheet.buttons([*buttons, button(t, t("Back"), "admin.show")])
    typed = [t("/admin log {page}", page=older)] if view.more else []
    sheet.hint(t("Or type: {examples}", examples=" · ".join([*typed, t("/admin")])))
    return sheet.done()


def draw_health(view: HealthView, language: str) -> Drawn:
    """Version, database, the last tick, and what failed this week; no names."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("How Samen is doing"))
    tick = moment(t, view.tick) if view.tick else None
    lines = [t("Version: {version}", version=view.version), t("Database: {kind}", kind=view.database)]
    if tick is None:
        lines.append(t("Timed work has not run yet."))
    elif view.late:
        lines.append(
            t("Timed work last ran at {moment}. That is too long ago: look at the log of the server.", moment=tick)
        )
    else:
        lines.append(t("Timed work last ran at {moment}.", moment=tick))
    sheet.bullets(lines)
    sheet.heading(t("What failed in the last seven days"))
    if view.failures:
        sheet.bullets([f"{t(FAILURES[one.kind])}: {one.count}" for one in view.failures])
    else:
        sheet.say(t("Nothing."))
    sheet.buttons([button(t, t("Back"), "admin.show")])
    sheet.hint(t("Or type: {examples}", examples=t("/admin")))
    return sheet.done()
