"""Buttons to choose a place or a kind of work: tiles that read well on a phone."""

from collections.abc import Callable, Sequence

from microsoft_teams.cards.core import ActionSet, CardElement, Choice, ChoiceSetInput, Column, ExecuteAction

from cards.catalogue import Texts
from cards.elements import Sheet, button, column, row, words
from cards.where.verbs import SET, with_spot
from cards.where.views import PartStay, Spot
from cards.where.wording import capital, spot_words

MOST_TILES = 14
MOST_LISTED = 60
LONGEST_LIST = 6000  # characters of values in the drop-down: the card has a bound


def tiles(actions: Sequence[ExecuteAction], across: int = 2, chosen: int | None = None) -> list[CardElement]:
    """Actions as boxes of equal width; the chosen one says so with a tick."""
    rows: list[CardElement] = []
    for start in range(0, len(actions), across):
        chunk = actions[start : start + across]
        boxes = [_tile(action, start + n == chosen) for n, action in enumerate(chunk)]
        rows.append(row(*boxes, *(column("stretch") for _ in range(across - len(chunk)))))
    return rows


def _tile(action: ExecuteAction, chosen: bool) -> Column:
    label = words(f"✓ {action.title}" if chosen else action.title or "", weight="Bolder" if chosen else None)
    return column("stretch", label, style="emphasis", select_action=action)


def place_choices(
    sheet: Sheet, spots: Sequence[Spot], parts: Sequence[PartStay], kind: str | None, **data: object
) -> None:
    """Every place as a button that sets the day-parts; above fourteen places the rest in a drop-down."""
    t = sheet.t
    shown = [
        button(t, capital(spot_words(t, s)), SET, parts=with_spot(parts, s, kind), **data) for s in spots[:MOST_TILES]
    ]
    sheet.add(*tiles(shown))
    rest = spots[MOST_TILES:]
    if rest:
        sheet.add(*_drop_down(t, rest, lambda spot: ",".join(with_spot(parts, spot, kind)), **data))
    sheet.write([capital(spot_words(t, spot)) for spot in spots])


def _drop_down(t: Texts, spots: Sequence[Spot], value: Callable[[Spot], str], **data: object) -> list[CardElement]:
    room = LONGEST_LIST // max(1, len(value(spots[0])))
    listed = spots[: min(MOST_LISTED, room)]
    choices = [Choice(title=capital(spot_words(t, spot)), value=value(spot)) for spot in listed]
    if not choices:
        return []
    chooser = ChoiceSetInput(
        id="parts",
        label=t("Another place"),
        choices=choices,
        style="compact",
        is_required=True,
        error_message=t("Choose a place first."),
    )
    return [chooser, ActionSet(actions=[button(t, t("Take this place"), SET, **data)])]
