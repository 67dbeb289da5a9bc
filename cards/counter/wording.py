"""The words for halves of a day at the counter, and for what cannot be done."""

from cards.catalogue import Texts, marked
from cards.names import plain
from cards.where.wording import capital

LETTERS = {"morning": "m", "afternoon": "a"}

PROBLEMS = {
    "days": marked(
        "I did not understand that. Nothing has changed. Type a day, a half of the day and how many: {example}."
    ),
    "half": marked("Which half of the day do you mean? Type morning or afternoon. Nothing has changed."),
    "number": marked("How many are needed? Type a number from 1 to 20, or 0 for nobody. Nothing has changed."),
    "site": marked(
        "I know no place with that name, so nothing has changed. Leave it out, or type a name that an administrator gave."
    ),
    "missing": marked("How many are needed? Type a number from 1 to 20, or 0 for nobody. Nothing has changed."),
    "closed": marked("{site} is closed then. Nothing has changed."),
    "over": marked("That half of the day is over. Thank you for thinking along."),
    "night": marked("I ask for help between 8:00 and 18:00 only. Nobody was asked."),
    "weekend": marked(
        "At the weekend I ask for help only where somebody is needed at the counter that day. Nobody was asked."
    ),
}
TYPED_HALVES = {"morning": marked("morning"), "afternoon": marked("afternoon")}


def problem_words(t: Texts, problem: str, site: str | None = None) -> str:
    """Why nothing was done, and what to type; `problem` is a key of PROBLEMS."""
    example = {"example": t("/counter mon morning 2")} if problem == "days" else {}
    closed = {"site": capital(plain(site or ""))} if problem == "closed" else {}
    return t(PROBLEMS[problem], **example, **closed)
