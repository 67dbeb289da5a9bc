"""Who Samen is, said once in a team that it was added to."""

from dataclasses import dataclass

from cards.catalogue import texts
from cards.drawing import Drawn, View
from cards.elements import Sheet, button
from cards.names import plain
from cards.where.verbs import PLAN


@dataclass(frozen=True, slots=True)
class IntroductionView(View):
    """Said to everybody in the team; `installer` is who added Samen, None = not known. No other name stands in it."""

    bot: str = "Samen"
    installer: str | None = None


def draw_introduction(view: IntroductionView, language: str) -> Drawn:
    """What Samen does, what it does not do, how to begin and how to be rid of it."""
    sheet = Sheet(texts(language))
    t, bot = sheet.t, plain(view.bot)
    sheet.title(t("Hello, I am {bot}", bot=bot))
    if view.installer:
        sheet.say(
            t(
                "{name} added me here. I help you work together when not everybody is in one place.",
                name=plain(view.installer),
            )
        )
    else:
        sheet.say(t("I help you work together when not everybody is in one place."))
    sheet.heading(t("What I do"))
    for line in (
        t("I keep your plan: where you work, and what kind of work you do there."),
        t("I show this team's board to its members: who works where today, of those who share it."),
        t("I ask nothing of you. You tell me what you want to tell."),
    ):
        sheet.say(line)
    sheet.heading(t("What I do not do"))
    for line in (
        t("I follow nobody. I do not look at your calendar, and not at whether you are online."),
        t("I show nothing of you until you switch that on yourself. Nobody sees who does not."),
        t("I do not keep where you worked: yesterday is deleted in the night."),
    ):
        sheet.say(line)
    sheet.buttons([button(t, t("My plan"), PLAN)])
    sheet.hint(t("Begin: type @{bot} /where, or /help for everything I can do.", bot=bot))
    sheet.hint(t("Rather without me? Remove me under Apps, in the settings of this team or chat."))
    return sheet.done()
