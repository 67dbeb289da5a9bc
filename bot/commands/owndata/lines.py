"""From what the tables declare to what the cards say."""

from collections.abc import Iterable

from bot.domain.owndata import Kept
from cards.owndata import KeptLine


def line(kept: Kept) -> KeptLine:
    keeping = kept.keeping
    return KeptLine(keeping.title, keeping.purpose, keeping.seen_by, keeping.kept, len(kept.rows))


def lines(kept: Iterable[Kept]) -> tuple[KeptLine, ...]:
    return tuple(line(one) for one in kept)
