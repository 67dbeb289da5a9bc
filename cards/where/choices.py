"""Buttons to choose a place or a kind of work: tiles that read well on a phone."""

from collections.abc import Collection, Sequence

from microsoft_teams.cards.core import Choice, ChoiceSetInput

from cards.catalogue import Texts
from cards.elements import Action, Column, Element, Sheet, button, button_row, column, element, row, words
from cards.where.stays import Spot, UsualStay
from cards.where.verbs import CHOOSE, CHOOSE_PATTERN, CHOSEN, SET, SET_PATTERN, Piece, with_spot
from cards.where.wording import capital, spot_words

MOST_TILES = 14
# Bytes that all tiles together, and the drop-down, may take: a card has a bound.
ROOM_FOR_TILES = 5500
TILE_BYTES = 260  # beside the name, said twice, and the day-parts
ROOM_IN_LIST = 2500


def tiles(actions: Sequence[Action], across: int = 2, chosen: Collection[int] = ()) -> list[Element]:
    """Actions as boxes of equal width; those chosen, by number, say so with a tick."""
    rows: list[Element] = []
    for start in range(0, len(actions), across):
        chunk = actions[start : start + across]
        boxes = [_tile(action, start + n in chosen) for n, action in enumerate(chunk)]
        rows.append(row(*boxes, *(column("stretch") for _ in range(across - len(chunk)))))
    return rows


def _tile(action: Action, chosen: bool) -> Column:
    label = words(f"✓ {action['title']}" if chosen else action["title"], weight="Bolder" if chosen else None)
    return column("stretch", label, style="emphasis", select_action=action)


def place_choices(
    sheet: Sheet, spots: Sequence[Spot], parts: Sequence[Piece], kind: str | None, **data: object
) -> None:
    """Every place as a button that sets the day-parts; above fourteen places the rest in a drop-down."""
    usual = isinstance(parts[0], UsualStay)
    choose = CHOOSE_PATTERN if usual else CHOOSE
    t = sheet.t
    values = [with_spot(parts, spot, kind) for spot in spots]
    names = [capital(spot_words(t, spot)) for spot in spots]
    pairs = list(zip(names, values, strict=True))
    largest = max(TILE_BYTES + 2 * len(name.encode()) + len(",".join(value)) for name, value in pairs)
    most = min(MOST_TILES, max(1, ROOM_FOR_TILES // largest))
    sheet.add(*tiles([setting(t, name, value, usual=usual, **data) for name, value in pairs[:most]]))
    sheet.add(*_drop_down(t, pairs[most:], choose, **data))
    sheet.write(names)


def setting(t: Texts, title: str, values: list[str], *, usual: bool, **data: object) -> Action:
    """A button that sets day-parts, or lines of the pattern."""
    return button(t, title, SET_PATTERN, lines=values) if usual else button(t, title, SET, parts=values, **data)


def _drop_down(t: Texts, pairs: Sequence[tuple[str, list[str]]], verb: str, **data: object) -> list[Element]:
    """The places beyond the tiles, as many as fit; those beyond can be typed."""
    choices: list[Choice] = []
    room = ROOM_IN_LIST
    for name, parts in pairs:
        value = ",".join(parts)
        room -= len(value) + len(name.encode())
        if room >= 0:
            choices.append(Choice(title=name, value=value))
    if not choices:
        return []
    # The first is chosen beforehand, so that the button never sends nothing; it can be undone.
    listed = ChoiceSetInput(
        id=CHOSEN, label=t("Another place"), choices=choices, style="compact", value=choices[0].value
    )
    return [element(listed), button_row([button(t, t("Choose this place"), verb, **data)])]
