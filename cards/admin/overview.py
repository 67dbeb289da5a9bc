"""The organisation at a glance."""

from cards.admin.views import AdminView, SwitchLine
from cards.admin.wording import CHANGES, NAMES, TYPE_OFF, TYPE_ON, act, state, why, wrong
from cards.catalogue import Texts, texts
from cards.drawing import Drawn
from cards.elements import Action, Element, Sheet, button, column, row, small, words
from cards.names import plain


def draw_admin(view: AdminView, language: str) -> Drawn:
    """What is on and why, the numbers, who reads along, and what was done last."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Samen in your organisation"))
    if view.changed:
        sheet.say(t(CHANGES[view.changed], name=t(NAMES[view.about]) if view.about else ""))
    if view.problem:
        sheet.say(wrong(t, view.problem))
    if not view.may_change:
        sheet.say(t("You can see everything here. Only an administrator can change it."), subtle=True)
    sheet.heading(t("On and off"))
    for switch in view.switches:
        sheet.add(_row(t, switch, may_change=view.may_change))
    sheet.write([_in_text(t, switch, may_change=view.may_change) for switch in view.switches])
    sheet.heading(t("Places, people and numbers"))
    sheet.bullets([_places(t, view), _officers(t, view), _minimum(t, view)])
    sheet.heading(t("Done last"))
    if view.acts:
        sheet.bullets([act(t, one) for one in view.acts])
    else:
        sheet.say(t("Nothing yet."))
    sheet.buttons(_buttons(t, view))
    _what_to_type(sheet, view)
    return sheet.done()


def _row(t: Texts, switch: SwitchLine, *, may_change: bool) -> Element:
    """What it is and why, and a small button that says in full what it does."""
    text = column("stretch", words(state(t, switch), weight="Bolder"), small(why(t, switch), spacing="None"))
    if not may_change:
        return row(text, separator=True)
    name = t(NAMES[switch.capability])
    full = t("Switch off: {name}", name=name) if switch.on else t("Switch on: {name}", name=name)
    verb = "admin.ask_off" if switch.on else "admin.form"
    press = column(
        "auto",
        words(_way(t, switch)),
        style="emphasis",
        select_action=button(t, full, verb, capability=switch.capability),
        centered=True,
    )
    return row(text, press, separator=True)


def _way(t: Texts, switch: SwitchLine) -> str:
    return t("Switch off") if switch.on else t("Switch on")


def _in_text(t: Texts, switch: SwitchLine, *, may_change: bool) -> str:
    line = f"{state(t, switch)}. {why(t, switch)}"
    if not may_change:
        return line
    typed = t(TYPE_OFF[switch.capability] if switch.on else TYPE_ON[switch.capability])
    return f"{line} {_way(t, switch)}: {typed}"


def _places(t: Texts, view: AdminView) -> str:
    return t.many(
        "{count} site or public place has a name.", "{count} sites and public places have a name.", view.places
    )


def _officers(t: Texts, view: AdminView) -> str:
    """Who reads along, by name where a member list knows them."""
    more = view.officers_unnamed
    unnamed = t.many("{count} person I do not know by name", "{count} people I do not know by name", more)
    who = [*(plain(name) for name in view.officers), *([unnamed] if more else [])]
    if not who:
        return t("Nobody reads along yet (privacy officer, works council).")
    return t("Reading along (privacy officer, works council): {names}.", names=", ".join(who))


def _minimum(t: Texts, view: AdminView) -> str:
    return t("A number about people is published from {count} people up.", count=view.minimum)


def _buttons(t: Texts, view: AdminView) -> list[Action]:
    changing = [button(t, t("Places"), "locations.show"), button(t, t("Minimum"), "admin.ask_minimum")]
    seeing = [button(t, t("Log"), "admin.log"), button(t, t("Health"), "admin.health")]
    return [*(changing if view.may_change else []), *seeing]


def _what_to_type(sheet: Sheet, view: AdminView) -> None:
    t = sheet.t
    changing = [
        t("/admin on where 20-11-2026 Council decision 12, agreed: works council"),
        t("/admin off where"),
        t("/admin minimum 8"),
        t("/locations"),
    ]
    seeing = [t("/admin log"), t("/admin health")]
    sheet.heading(t("You can also type"))
    sheet.bullets([*(changing if view.may_change else []), *seeing])
