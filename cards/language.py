"""The language card: mine, or the team's."""

from dataclasses import dataclass

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn, View
from cards.elements import Action, Sheet, button
from cards.names import plain

# Each language is named in itself.
NAMES = {"nl": "Nederlands", "en": "English"}  # on buttons: each in its own language
TOLD = {"nl": marked("Dutch"), "en": marked("English")}  # in a sentence


@dataclass(frozen=True, slots=True)
class LanguageView(View):
    """`language` is what holds now; `whose`: "own" or "team", with the team's name.

    `problem`: "unknown_language" (Samen does not speak it) or "no_team" (asked where there is no team).
    """

    language: str
    whose: str = "own"
    team: str | None = None
    changed: bool = False
    problem: str | None = None


def draw_language(view: LanguageView, language: str) -> Drawn:
    """Which language holds, and buttons to choose another."""
    sheet = Sheet(texts(language))
    t, of_team = sheet.t, view.whose == "team"
    sheet.title(t("Language"))
    sheet.say(_sentence(t, view))
    if view.problem != "no_team":
        sheet.buttons(_buttons(t, of_team))
    examples = [t("/language team nl"), t("/language team en")] if of_team else [t("/language nl"), t("/language en")]
    sheet.hint(t("Or type: {examples}", examples=" · ".join(examples)))
    return sheet.done()


def _buttons(t: Texts, of_team: bool) -> list[Action]:
    team = {"team": True} if of_team else {}
    return [button(t, name, "language.set", language=code, **team) for code, name in NAMES.items()]


def _sentence(t: Texts, view: LanguageView) -> str:
    if view.problem == "unknown_language":
        return t("I speak Dutch and English. Which one do you want?")
    if view.problem == "no_team":
        return t("A team has its own language. Choose it in the team or group chat itself.")
    name, team = t(TOLD[view.language]), plain(view.team) if view.team else t("the group chat")
    if view.whose == "team":
        done, now = t("From now on I speak {language} in {team}."), t("In {team} I speak {language}.")
        return (done if view.changed else now).format(language=name, team=team)
    return (
        t("From now on I answer you in {language}.", language=name)
        if view.changed
        else t("I answer you in {language}.", language=name)
    )
