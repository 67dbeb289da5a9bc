"""Before something changes: the decision behind it, whether it is meant, or the number."""

from datetime import date

from microsoft_teams.cards.core import DateInput, ExecuteAction, NumberInput, TextInput

from cards.admin.views import DecisionView, MinimumView, OffView
from cards.admin.wording import FULL_DATE, LONGEST_LINE, NAMES, TYPE_OFF, TYPE_ON, line, wrong
from cards.catalogue import Texts, texts
from cards.dates import in_words
from cards.drawing import Drawn
from cards.elements import Action, Element, Sheet, action, button, element


def draw_decision(view: DecisionView, language: str) -> Drawn:
    """The form for switching something on."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Switch on: {name}", name=t(NAMES[view.capability])))
    if view.problem:
        sheet.say(wrong(t, view.problem))
    sheet.say(
        t(
            "Record the decision first. After that everybody still decides for themselves: nothing of anyone is shown until they switch it on."
        )
    )
    day, reference, agreed = t("Day of the decision"), t("Where it is written down"), t("Who agreed: roles, no names")
    sheet.add(
        element(
            DateInput(
                id="decided",
                label=day,
                is_required=True,
                error_message=wrong(t, "no_date"),
                max=view.today.isoformat(),
                value=view.day.isoformat() if view.day else None,
            )
        ),
        _line("reference", reference, view.reference, wrong(t, "no_reference")),
        _line("agreed", agreed, view.agreed_by, wrong(t, "no_agreed")),
    )
    sheet.write([_filled(day, _date(t, view.day)), _filled(reference, view.reference), _filled(agreed, view.agreed_by)])
    sheet.buttons(
        [
            button(t, t("Switch on"), "admin.on", capability=view.capability),
            _not_now(t),
        ]
    )
    example = t("{typed} 20-11-2026 Council decision 12, agreed: works council", typed=t(TYPE_ON[view.capability]))
    sheet.hint(t("Or type: {examples}", examples=example))
    return sheet.done()


def draw_off(view: OffView, language: str) -> Drawn:
    """Whether switching off is meant: it stops for everybody at once."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Switch off: {name}", name=t(NAMES[view.capability])))
    if view.problem:
        sheet.say(wrong(t, view.problem))
    sheet.say(
        t(
            "It stops at once, for everybody. What people filled in is not shown any more, and is deleted at its own time. Cards that were sent already go in the night after their day."
        )
    )
    label = t("Why (you may leave this empty)")
    value = line(view.reason) if view.reason else None
    sheet.add(element(TextInput(id="reason", label=label, max_length=LONGEST_LINE, value=value)))
    sheet.write([_filled(label, view.reason)])
    sheet.buttons(
        [
            button(t, t("Switch off"), "admin.off", capability=view.capability),
            _not_now(t),
        ]
    )
    sheet.hint(t("Or type: {examples}", examples=t(TYPE_OFF[view.capability])))
    return sheet.done()


def draw_minimum(view: MinimumView, language: str) -> Drawn:
    """The number of people behind any published number, and why it only goes up."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("The minimum for numbers"))
    if view.problem:
        sheet.say(wrong(t, view.problem))
    sheet.say(
        t(
            "Now a number about people is published only when there are at least {count} people behind it.",
            count=view.minimum,
        )
    )
    sheet.say(t("You can raise it. After that it cannot be lowered any more."))
    label = t("New minimum")
    sheet.add(
        element(
            NumberInput(
                id="number",
                label=label,
                is_required=True,
                error_message=wrong(t, "no_number"),
                min=max(view.minimum, view.lowest),
                value=view.minimum,
            )
        )
    )
    sheet.write([_filled(label, str(view.minimum))])
    sheet.buttons([button(t, t("Raise"), "admin.minimum"), _not_now(t)])
    sheet.hint(t("Or type: {examples}", examples=t("/admin minimum 8")))
    return sheet.done()


def _not_now(t: Texts) -> Action:
    """Back, without what was filled in: a client would ask first for what is still empty."""
    data = {"l": t.language}
    return action(ExecuteAction(title=t("Not now"), verb="admin.show", data=data, associated_inputs="none"))


def _line(field: str, label: str, value: str, missing: str) -> Element:
    one = TextInput(
        id=field, label=label, is_required=True, error_message=missing, max_length=LONGEST_LINE, value=value or None
    )
    return element(one)


def _date(t: Texts, day: date | None) -> str:
    return in_words(t, day, FULL_DATE) if day else ""


def _filled(label: str, value: str) -> str:
    return f"{label}: {line(value) if value else '…'}"
