"""The privacy card: what is kept about me, why, who sees it, until when; and what is outside Samen's reach."""

from collections.abc import Sequence

from cards.catalogue import Texts, marked, texts
from cards.dates import in_words
from cards.drawing import Drawn
from cards.elements import Action, Sheet, button, container, small, words
from cards.owndata.views import KeptLine, PrivacyView
from cards.where.wording import capital

OUTSIDE = (
    marked("What you and others type in Teams: it stays in the chat until somebody deletes it there."),
    marked("Answers that only you saw in a group: Teams removes them after 24 hours at most."),
    marked("Copies that your organisation keeps of Teams: its own retention rules and backups."),
    marked("What Teams and Microsoft log themselves."),
)
SIGN_IN = marked(
    "If you signed in with Microsoft for your focus time: Microsoft’s token service keeps that sign-in, I do not. "
    "Type /signout to end it."
)
OWN_FILE = marked("A file with your data that you had put in your OneDrive: that copy is yours.")


def draw_privacy(view: PrivacyView, language: str) -> Drawn:
    """First what is kept now, then what could be, then what Samen cannot delete; and the buttons to act."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Your privacy"))
    sheet.say(t("Others see only what you switch on yourself, per team. I keep no history of where you were."))
    _quiet(sheet, view)
    sheet.heading(t("What I keep about you now"))
    if not view.now:
        sheet.say(t("Nothing at all."))
    for line in view.now:
        _declared(sheet, line)
    _could(sheet, view)
    if view.microsoft and not view.guest:
        sheet.say(t(SIGN_IN))
    sheet.heading(t("What I cannot delete"))
    for each in OUTSIDE if view.guest else (OWN_FILE, *OUTSIDE):
        sheet.say(t(each), subtle=True)
    if not view.guest:
        sheet.buttons(_buttons(t))
        sheet.hint(t("Or type: {examples}", examples=" · ".join(_examples(t, view))))
    return sheet.done()


def _quiet(sheet: Sheet, view: PrivacyView) -> None:
    t = sheet.t
    if view.stopped:
        sheet.say(t("You stopped: nobody sees anything of yours and I send you nothing, until you type /start."))
    elif view.quiet_until:
        day = in_words(t, view.quiet_until, "EEEE d MMMM")
        sheet.say(t("You pause until {day}: nobody sees anything of yours and I send you nothing.", day=day))


def _declared(sheet: Sheet, line: KeptLine) -> None:
    """One table: its name, and below it in small letters why, who and how long."""
    t = sheet.t
    name = capital(t(line.title))
    title = t("{name} ({count})", name=name, count=line.count) if line.count else name
    lines = [
        t("Why: {purpose}", purpose=t(line.purpose)),
        t("Who sees it: {who}", who=t(line.seen_by)),
        t("How long: {kept}", kept=t(line.kept)),
    ]
    bold = words(title, weight="Bolder")
    sheet.add(container(bold, *(small(each, spacing="None") for each in lines), spacing="Small"))
    sheet.paragraphs.append("\n".join([title, *(f"- {each}" for each in lines)]))


def _could(sheet: Sheet, view: PrivacyView) -> None:
    t = sheet.t
    if not view.could:
        return
    sheet.heading(t("What I could keep, once you use it"))
    if view.full:
        for line in view.could:
            _declared(sheet, line)
    else:
        sheet.say(_named(t, view.could))


def _named(t: Texts, lines: Sequence[KeptLine]) -> str:
    return capital(", ".join(t(line.title) for line in lines)) + "."


def _buttons(t: Texts) -> list[Action]:
    return [
        button(t, t("My data"), "mydata.show"),
        button(t, t("Pause"), "pause.ask"),
        button(t, t("Stop"), "stop.ask"),
        button(t, t("Forget me"), "forget.ask"),
    ]


def _examples(t: Texts, view: PrivacyView) -> list[str]:
    more = [] if view.full or not view.could else [t("/privacy all")]
    return [*more, t("/mydata"), t("/pause 2 weeks"), t("/stop"), t("/forget")]
