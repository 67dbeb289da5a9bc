"""What the tables declare about the people in them, as sentences of the catalogue, and the register made of them.

The declarations stand with the tables (`bot/store/tables/`); a test holds this list against them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.catalogue import marked, texts

TITLES = (
    marked("your settings"),
    marked("your usual week"),
    marked("your plan"),
    marked("with which teams you share your places"),
    marked("how to reach you"),
    marked("to which teams you show how to reach you"),
    marked("sites you look after"),
    marked("places that closed while you planned to be there"),
    marked("messages you asked for every day or week"),
    marked("messages that wait for you"),
    marked("cards in your chat"),
    marked("member lists of your teams"),
    marked("administrative acts"),
    marked("days on which you want no more messages"),
    marked("which messages were handled"),
    marked("your focus sessions"),
    marked("what is usual for your focus time"),
)
PURPOSES = (
    marked("answer you in your language and time zone, and reach you in your own chat"),
    marked("fill in your usual week, so that you only say what is different"),
    marked("plan where you work, and show it where you share"),
    marked("remember with which teams you share your places"),
    marked("tell colleagues how you want to be reached"),
    marked("remember to which teams you show how to reach you"),
    marked("know who may close and open a site"),
    marked("tell you that a place where you planned to work is closed, and when it opens again"),
    marked("send you your day or the question about next week, at the time you chose"),
    marked("send you a message that cannot be sent at once"),
    marked("replace cards with places on them once their day is over"),
    marked("know who is in a team: the member list that Teams shows every member"),
    marked("account for administrative acts: who did what, and when"),
    marked("send you nothing more that day"),
    marked("give an activity that Teams delivers twice one effect"),
    marked(
        "know how you want your focus time to be, and remember that your organisation has to approve Microsoft 365 first"
    ),
    marked("keep your focus time free, and take away again what Samen put in Teams and your calendar for it"),
)
SEEN_BY = (
    marked("only you"),
    marked("nobody"),
    marked("you, and members of the teams you share with"),
    marked("you, and where you share: members of those teams, day by day"),
    marked("you, and members of the teams you show it to"),
    marked("you and administrators"),
    marked("nobody; administrators and the keeper of the site see a rounded count"),
    marked("members of the team"),
    marked("administrators and officers of your organisation"),
    marked(
        "you. Once you connect Microsoft 365, everybody in your organisation who sees your Teams status sees "
        "Do not disturb or Busy and the status message; in your calendar others see only a private block. "
        "Samen itself tells until when only to whoever you show how to reach you"
    ),
)
KEPT = (
    marked("until you have it deleted, or 30 days after you leave"),
    marked("until you change or delete it"),
    marked("until 03:00 after the day"),
    marked("until you stop sharing, or 30 days after you or Samen leave the team"),
    marked("until you stop showing it, or 30 days after you or Samen leave the team"),
    marked("until an administrator changes it, or you have it deleted"),
    marked("until you switch it off"),
    marked("until 03:00 after the last closed day"),
    marked("until it is sent, at most 3 days after it could have been"),
    marked("until the card is replaced, the night after its day, or 3 days later if that fails"),
    marked("until a day after the end, or after it was called off"),
    marked("1 day"),
    marked("3 days"),
    marked("1 year"),
)
ON_FORGET = {
    "delete": marked("deleted at once"),
    "keep": marked("stays until then"),
    "detach": marked("goes on without the person"),
}


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One table as it declares itself; `on_forget` is "delete", "keep" or "detach", None where nobody is in it."""

    title: str
    purpose: str
    seen_by: str
    kept: str
    on_forget: str | None
    columns: tuple[str, ...]


def register(lines: Sequence[RegisterLine], language: str) -> str:
    """The register of processing in a language, as Markdown."""
    t = texts(language)
    title = t("Register of processing")
    paragraphs = [
        f"# {title}",
        t("Made from what the tables declare; the same declarations delete, export and forget."),
    ]
    for line in lines:
        name = t(line.title)
        paragraphs.append(f"## {name[:1].upper()}{name[1:]}")
        forgotten = t(ON_FORGET[line.on_forget]) if line.on_forget else t("names no person")
        facts = {
            t("Why"): t(line.purpose),
            t("Who sees it"): t(line.seen_by),
            t("How long"): t(line.kept),
            t("After /forget"): forgotten,
            t("Fields"): ", ".join(f"`{column}`" for column in line.columns),
        }
        paragraphs.append("\n".join(f"- {fact}: {words}" for fact, words in facts.items()))
    return "\n\n".join(paragraphs) + "\n"
