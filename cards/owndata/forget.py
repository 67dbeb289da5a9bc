"""The card of being forgotten: the question, and the receipt."""

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn
from cards.elements import Sheet, button
from cards.owndata.left import left_lines
from cards.owndata.views import ForgetView, KeptLine
from cards.where.wording import capital

OUT = marked("I am disconnected from your Microsoft 365.")
NOT_OUT = marked(
    "Microsoft gives no answer now, so I do not know whether I am out of your Microsoft 365. Type /signout later to try it again, or take "
    "back the permission at Microsoft, under My Apps."
)


def draw_forget(view: ForgetView, language: str) -> Drawn:
    """What will be deleted, or what was and what stays until when."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Forget me"))
    if not view.done:
        return _question(sheet)
    if view.gone:
        sheet.say(t("Done. I deleted this about you:"))
        sheet.bullets([_counted(t, line) for line in view.gone])
    else:
        sheet.say(t("I keep nothing that you filled in or chose."))
    left_lines(sheet, view.left, view.today)
    if view.out is not None:
        sheet.say(t(OUT if view.out else NOT_OUT))
    if view.cards:
        sheet.say(_cards(t, view.cards))
    if view.stays:
        sheet.heading(t("What stays a while"))
        sheet.bullets([t("{name}: {kept}", name=_counted(t, line), kept=t(line.kept)) for line in view.stays])
    sheet.say(t("A board that a colleague opened already is replaced in the night after its day."), subtle=True)
    sheet.say(t("What you typed in Teams stays there. You can start again whenever you like."), subtle=True)
    return sheet.done()


def _question(sheet: Sheet) -> Drawn:
    t = sheet.t
    sheet.say(t("Do you want me to forget you? I then delete at once all that you filled in and chose."))
    sheet.say(t("It cannot be undone."))
    sheet.buttons([button(t, t("Forget me"), "forget.now"), button(t, t("See my data first"), "mydata.show")])
    sheet.hint(t("Or type: {examples}", examples=" · ".join([t("/forget"), t("/mydata")])))
    return sheet.done()


def _counted(t: Texts, line: KeptLine) -> str:
    return t("{name} ({count})", name=capital(t(line.title)), count=line.count)


def _cards(t: Texts, count: int) -> str:
    return t.many(
        "A card in this chat with places on it is replaced within a minute.",
        "{count} cards in your chat with places on them are replaced within a minute.",
        count,
    )
