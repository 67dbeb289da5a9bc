"""What is usual for me, with inputs to change it."""

from microsoft_teams.cards.core import Choice, ChoiceSetInput

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn
from cards.elements import Element, Sheet, button, element
from cards.focus.typed import connect_example, show_example, start_example
from cards.focus.verbs import CONNECT, SETTINGS, SHOW, alone, offered
from cards.focus.views import FocusSet, FocusSettingsView
from cards.focus.wording import long_words, set_words
from cards.where.typed import or_type
from cards.where.wording import capital

LENGTHS = (25, 50, 60, 90, 120)  # minutes
CHANGES = {
    "saved": marked("Saved. This is usual for you now:"),
    "undone": marked("Changed back. This is usual for you:"),
    "same": marked("It was already so. Nothing has changed."),
}
WAYS = {
    "quiet": marked("Quiet: Do not disturb in Teams"),
    "reachable": marked("Reachable: Busy in Teams"),
}
ON_OFF = {True: marked("On"), False: marked("Off")}


def draw_settings(view: FocusSettingsView, language: str) -> Drawn:
    """How it stands, and a field for each."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Focus settings"))
    if view.changed:
        sheet.say(t(CHANGES[view.changed]))
    now = FocusSet(view.minutes, view.mode, view.end_line, view.status)
    sheet.bullets([capital(words) for words in set_words(t, now)])
    sheet.say(t("What you say with a focus time itself goes first."), subtle=True)
    _inputs(sheet, view)
    if view.unapproved:
        sheet.say(t("Microsoft 365 is not connected: an administrator had to approve that first."))
    connect = [alone(button(t, t("It has been approved"), CONNECT))] if view.unapproved else []
    undo = [offered(t, t("Undo"), view.undo)] if view.undo else []
    sheet.buttons([button(t, t("Save"), SETTINGS), *undo, *connect, alone(button(t, t("My focus time"), SHOW))])
    line = t("/focus end line off") if view.end_line else t("/focus end line on")
    status = t("/focus status off") if view.status else t("/focus status on")
    usual = [t("/focus default 25"), t("/focus default reachable"), line, status]
    approved = [connect_example(t)] if view.unapproved else []
    sheet.hint(or_type(t, [*usual, *approved, show_example(t), start_example(t, view.minutes)]))
    return sheet.done()


def _inputs(sheet: Sheet, view: FocusSettingsView) -> None:
    t = sheet.t
    lengths = sorted({*LENGTHS, view.minutes})
    minutes = [Choice(title=long_words(t, length), value=str(length)) for length in lengths]
    modes = [Choice(title=t(words), value=mode) for mode, words in WAYS.items()]
    sheet.add(
        _choices("minutes", t("How long, if I do not say it"), str(view.minutes), minutes),
        _choices("mode", t("How"), view.mode, modes),
        _switch(t, "status", t("A status message in Teams meanwhile"), view.status),
        _switch(t, "end_line", t("A line from me when it is over"), view.end_line),
    )


def _switch(t: Texts, name: str, label: str, on: bool) -> Element:
    choices = [Choice(title=t(words), value=_text(value)) for value, words in ON_OFF.items()]
    return _choices(name, label, _text(on), choices)


def _text(on: bool) -> str:
    return "true" if on else "false"


def _choices(name: str, label: str, value: str, choices: list[Choice]) -> Element:
    return element(ChoiceSetInput(id=name, label=label, value=value, style="compact", choices=choices))
