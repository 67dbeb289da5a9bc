"""Everything about me as a file: the offer, and what became of it."""

from cards.catalogue import marked, texts
from cards.drawing import Drawn, OfferedFile
from cards.elements import Sheet, button
from cards.owndata.views import FileOfferView, FileView

OUTCOMES = {
    "saved": marked("Here is your file, in your own OneDrive. That copy is yours: I cannot read or delete it."),
    "declined": marked("Fine, no file then. Type /mydata text to get the same as text."),
}


def draw_offer(view: FileOfferView, language: str) -> Drawn:
    """What the file is and where it goes; the client asks yes or no."""
    t = texts(language)
    return Drawn(
        None,
        t("All I keep about you, for other programs (JSON). It goes to your own OneDrive."),
        file=OfferedFile(
            name=t("samen-my-data-{day}.json", day=view.day.isoformat()),
            size=view.size,
            accept={"verb": "mydata.file", "l": t.language},
            decline={"verb": "mydata.nofile", "l": t.language},
        ),
    )


def draw_file(view: FileView, language: str) -> Drawn:
    """What became of the offer; where the file could not be brought, the other way to get the same."""
    t = texts(language)
    if view.outcome in OUTCOMES:
        return Drawn(None, t(OUTCOMES[view.outcome]))
    sheet = Sheet(t)
    sheet.say(t("I could not put the file in your OneDrive. You can get the same as text."))
    sheet.buttons([button(t, t("As text"), "mydata.text")])
    sheet.hint(t("Or type: {examples}", examples=t("/mydata text")))
    return sheet.done()
