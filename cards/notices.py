"""Notices: one or two plain sentences, without a card."""

from dataclasses import dataclass
from datetime import date

from cards.catalogue import marked, texts
from cards.dates import LONG_DAY, in_words
from cards.drawing import Drawn, View
from cards.elements import Sheet
from cards.names import plain


@dataclass(frozen=True, slots=True)
class SentPrivatelyView(View):
    """Said in the group: the answer to this person waits in their own chat."""

    name: str


@dataclass(frozen=True, slots=True)
class CannotReachView(View):
    """Said in the group: this person has no chat with Samen yet, so the answer could not be given."""

    name: str


@dataclass(frozen=True, slots=True)
class TroubleView(View):
    """Something broke on our side."""


@dataclass(frozen=True, slots=True)
class BusyView(View):
    """It takes longer than a moment; the answer follows."""


@dataclass(frozen=True, slots=True)
class OldCardView(View):
    """A button of a card that is no longer true, or that this version does not know."""


@dataclass(frozen=True, slots=True)
class NotAllowedView(View):
    """Why somebody may not do this: "admin" (administrators only), "guest", or "scope" (not in this kind of chat)."""

    why: str


@dataclass(frozen=True, slots=True)
class SwitchedOffView(View):
    """The organisation has not switched this capability on (promise 10); `capability` is one of bot.domain's."""

    capability: str


@dataclass(frozen=True, slots=True)
class OverView(View):
    """Takes the place of a card whose day is over; `day` None = that was deleted before."""

    day: date | None


WHY = {
    "admin": marked("Only an administrator can do that."),
    "guest": marked("That is only for people who work for this organisation."),
    "scope": marked("That does not work here. Try it in your own chat with me."),
}
CAPABILITIES = {
    "where": marked("Showing where you work is switched off in your organisation. An administrator decides about it."),
    "reach": marked(
        "Showing how to reach you is switched off in your organisation. An administrator decides about it."
    ),
    "closing": marked("Closing sites is switched off in your organisation. An administrator decides about it."),
    "focus": marked("Focus time is switched off in your organisation. An administrator decides about it."),
    "counter": marked("Counter staffing is switched off in your organisation. An administrator decides about it."),
}


def sent_privately(view: SentPrivatelyView, language: str) -> Drawn:
    return _said(language, marked("{name}, the answer is in your own chat with me."), name=plain(view.name))


def cannot_reach(view: CannotReachView, language: str) -> Drawn:
    sentence = marked(
        "{name}, I cannot send you a message yet. Find Samen under Apps, choose Add, and ask me again. Then only you get the answer."
    )
    return _said(language, sentence, name=plain(view.name))


def trouble(_view: TroubleView, language: str) -> Drawn:
    return _said(
        language,
        marked("Something went wrong on my side. What you had filled in is still there. Please try again later."),
    )


def busy(_view: BusyView, language: str) -> Drawn:
    return _said(language, marked("This takes a little longer. The answer is on its way."))


def old_card(_view: OldCardView, language: str) -> Drawn:
    return _said(language, marked("That button no longer works. Type /help and choose again."))


def not_allowed(view: NotAllowedView, language: str) -> Drawn:
    return _said(language, WHY[view.why])


def switched_off(view: SwitchedOffView, language: str) -> Drawn:
    return _said(language, CAPABILITIES[view.capability])


def over(view: OverView, language: str) -> Drawn:
    """A card and no plain text: it must take the whole of another card's place."""
    t = texts(language)
    sheet = Sheet(t)
    if view.day:
        sheet.say(t("This was for {day}. Type /where for today.", day=in_words(t, view.day, LONG_DAY)), subtle=True)
    else:
        sheet.say(t("What stood here has been deleted."), subtle=True)
    return sheet.done()


def _said(language: str, sentence: str, **values: str) -> Drawn:
    return Drawn(None, texts(language)(sentence, **values))
