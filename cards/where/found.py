"""Who is there, who does that: the colleagues a question for a place or a kind of work finds, for the asker alone."""

from collections.abc import Sequence

from cards.catalogue import Texts, marked, texts
from cards.dates import long_day, short_day, working_day_after, working_day_before
from cards.drawing import Drawn
from cards.elements import Action, Sheet, button
from cards.where.board import MOST_NAMES, about, team_buttons
from cards.where.choices import tiles
from cards.where.rows import MOST_BYTES, ROW_BYTES, people_words, two_columns
from cards.where.stays import PlaceRow
from cards.where.typed import board_example, or_type, plan_example, set_example, week_example, who_example
from cards.where.verbs import BOARD, FIND, LETTERS, PLAN, WEEK, day_text
from cards.where.views import AskAgainView, Asked, FoundView
from cards.where.wording import capital, half_words, kind_words, spot_words

DOUBTS = {
    "leftover": marked("I did not understand that question. Ask for a place or a kind of work, and a day if you like."),
    "typo": marked("Do you mean this?"),
    "address": marked("I do not keep addresses, links or phone numbers."),
    "one_day": marked("Ask for one day at a time. The week shows several."),
    "one_thing": marked("Ask for one place or one kind of work at a time."),
    "not_working": marked("I do not look up who is not at work."),
    "past": marked("That day has passed. I keep no history."),
    "too_far": marked("That is too far ahead. I look up to a year ahead."),
    "no_such_day": marked("That day does not exist. Check the date, please."),
}


def draw_found(view: FoundView, language: str) -> Drawn:
    """The names by place; for a great many about how many."""
    sheet = Sheet(texts(language))
    t, asked = sheet.t, view.asked
    when = capital(long_day(t, asked.day, view.today))
    sheet.title(t("Who: {what}", what=_what(t, asked)), f"{when}, {half_words(t, asked.part)}" if asked.part else when)
    if view.places:
        _people(sheet, view.places)
    else:
        # The same sentence, whether nobody is there, nobody filled it in or nobody shares.
        sheet.say(t("I see nobody. I look only at colleagues who share their plan with a team that you are in."))
    sheet.buttons([*_other_days(t, view), _own_place(t, asked)])
    sheet.buttons(team_buttons(t, view.teams, asked.day))
    sheet.hint(or_type(t, _typed(t, view)))
    return sheet.done()


def _what(t: Texts, asked: Asked) -> str:
    """What was asked for: "in de bibliotheek", "balie", "Stadskantoor, balie"."""
    words = [spot_words(t, asked.spot)] if asked.spot else []
    return ", ".join([*words, *([kind_words(t, asked.kind)] if asked.kind else [])])


def _people(sheet: Sheet, places: Sequence[PlaceRow]) -> None:
    t = sheet.t
    rows = [(capital(spot_words(t, at.spot)), people_words(t, None, at.people, at.spot)) for at in places]
    weight = sum(ROW_BYTES + len(names.encode()) for _, names in rows)
    if sum(len(at.people) for at in places) > MOST_NAMES or weight > MOST_BYTES:
        sheet.say(t("Too many to name here; the boards show the names."), subtle=True)
        rows = [(place, about(t, len(at.people))) for (place, _), at in zip(rows, places, strict=True)]
        rows = rows[:MOST_NAMES]
    sheet.add(*(two_columns(place, names) for place, names in rows))
    sheet.write([f"{place}: {names}" for place, names in rows])


def _find(t: Texts, title: str, asked: Asked) -> Action:
    """A button that asks this."""
    spot = {"place": asked.spot.place} if asked.spot else {}
    named = {"named": asked.spot.named} if asked.spot and asked.spot.named else {}
    kind = {"kind": asked.kind} if asked.kind else {}
    part = {"part": LETTERS[asked.part]} if asked.part else {}
    return button(t, title, FIND, day=day_text(asked.day), **spot, **named, **kind, **part)


def _other_days(t: Texts, view: FoundView) -> list[Action]:
    """The same question for the working day before, never in the past, and after."""
    asked = view.asked
    before, after = working_day_before(asked.day), working_day_after(asked.day)
    found: list[Action] = [_find(t, f"{short_day(t, after)} ›", asked.on(after))]
    return [_find(t, f"‹ {short_day(t, before)}", asked.on(before)), *found] if before >= view.today else found


def _own_place(t: Texts, asked: Asked) -> Action:
    """Who meant to say what they do themselves goes on from here."""
    return button(
        t, t("Choose my place"), PLAN, slot=day_text(asked.day), **({"kind": asked.kind} if asked.kind else {})
    )


def _typed(t: Texts, view: FoundView) -> list[str]:
    after = working_day_after(view.asked.day)
    return [
        who_example(t, view.asked.on(after), view.today),
        board_example(t, view.asked.day, view.today),
        set_example(t, view.asked.day, view.today),
    ]


def draw_ask_again(view: AskAgainView, language: str) -> Drawn:
    """Why a question was not answered, and what to ask instead. Never a typed word."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Who is where?"))
    sheet.say(t(DOUBTS[view.doubt]))
    if view.offer:
        asked = view.offer
        when = [short_day(t, asked.day), *([half_words(t, asked.part)] if asked.part else [])]
        title = f"{capital(_what(t, asked))}: {' '.join(when)}"
        sheet.add(*tiles([_find(t, title, asked)], across=1))
        sheet.write([title])
    board = button(t, t("Today's board"), BOARD)
    sheet.buttons([board, button(t, t("The week"), WEEK), button(t, t("My plan"), PLAN)])
    sheet.hint(
        or_type(t, [t("/who library"), t("/who counter tomorrow"), week_example(t, None, view.today), plan_example(t)])
    )
    return sheet.done()
