"""The end of my day: where I am next, silence, and a kind sentence."""

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn
from cards.elements import Sheet, button
from cards.today.changed import changed_line
from cards.today.places import choices, next_line, places_words, when_words
from cards.today.views import DoneView
from cards.where.quiet import quiet_line, silent_line
from cards.where.typed import or_type, plan_example, set_example
from cards.where.verbs import PLAN

NOW, UNDO = "done.now", "done.undo"
FROM = "done"
# Not about how much was done, nor how anybody feels; and for every hour of the day.
KIND = (
    marked("The rest of the day is yours."),
    marked("What can wait, will wait."),
    marked("What is left is not going anywhere."),
    marked("Time for something else."),
    marked("Enjoy your own time."),
    marked("You can put work aside now."),
)

# What saying yes does: whether places are switched on, and whether there are messages that can wait.
WHAT_THEN = {
    (True, True): marked("Then I show you your next working day, and send you nothing more today."),
    (True, False): marked("Then I show you your next working day."),
    (False, True): marked("Then I send you nothing more today."),
    (False, False): marked("I am not sending you anything anyway, so nothing will change."),
}


def draw_done(view: DoneView, language: str) -> Drawn:
    """Done, first asked, or taken back."""
    sheet = Sheet(texts(language))
    {"asked": _asked, "undone": _undone}.get(view.step, _done)(sheet, view)
    return sheet.done()


def _done(sheet: Sheet, view: DoneView) -> None:
    t = sheet.t
    sheet.title(t("Done for today"))
    if view.changed:
        changed_line(sheet, view.changed, FROM, closures=True)
    sheet.say(t(KIND[view.kind % len(KIND)]))
    _next(sheet, view)
    if view.quiet:
        quiet_line(sheet)
    elif view.silent:
        sheet.say(t("I send you nothing more today. What comes up waits until you work again."))
        sheet.say(
            t("I do not keep that you stopped, nor when; only that I am silent today. Nobody sees it."), subtle=True
        )
    back = [button(t, t("Stay a little longer"), UNDO, day=view.today.isoformat())] if view.silent else []
    plan = [button(t, t("My plan"), PLAN)] if view.where else []
    sheet.buttons([*back, *plan])
    sheet.hint(or_type(t, [*_set_example(t, view), *([t("/done not yet")] if view.silent else [t("/done")])]))


def _next(sheet: Sheet, view: DoneView) -> None:
    """The next working day's place, or places to choose from."""
    t = sheet.t
    if not view.where:
        return
    if not view.next:
        sheet.say(t("You are not working for the next two weeks."))
        return
    next_line(sheet, view.next, view.today)
    if view.choosing:
        half = when_words(t, view.choosing.parts)
        some = bool(places_words(t, view.next))
        question = t("And where {half}?", half=half) if some and half else t("Where will you be then?")
        choices(sheet, view.choosing, question, FROM)


def _set_example(t: Texts, view: DoneView) -> list[str]:
    if not view.where:
        return []
    return [set_example(t, view.next[0].day, view.today)] if view.next else [plan_example(t)]


def _asked(sheet: Sheet, view: DoneView) -> None:
    t = sheet.t
    sheet.title(t("Done for today?"))
    if view.words:
        sheet.say(t("I did not understand the other words. Nothing has changed."))
    sheet.say(t(WHAT_THEN[view.where, view.silent]))
    if view.quiet:
        silent_line(sheet)
    sheet.buttons([button(t, t("Yes, done for today"), NOW)])
    sheet.hint(or_type(t, [t("/done")]))


def _undone(sheet: Sheet, view: DoneView) -> None:
    t = sheet.t
    sheet.title(t("A little longer"))
    if view.quiet:
        silent_line(sheet)
    else:
        sheet.say(t("I may send you messages again today. What I already put off still waits until you work again."))
    sheet.buttons([button(t, t("Done for today"), NOW)])
    sheet.hint(or_type(t, [t("/done"), t("/today")]))
