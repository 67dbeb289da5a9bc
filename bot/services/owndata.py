"""Everything that is kept about one person: to see, and to forget."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.owndata import Kept
from bot.turn import TurnKey


class OwnData(Protocol):
    """Of every table about people, by what it declares; what a person chose comes first."""

    async def of(self, user_id: str) -> Sequence[Kept]:
        """All that is kept about this person, the tables without a row included."""

    async def shown_to(self, user_id: str) -> Sequence[str]:
        """The names of the teams that this person shares anything with."""

    async def forget(self, user_id: str, said: TurnKey | None = None) -> Sequence[Kept]:
        """Delete it, but for what is declared to stay; what there was. In a `whole` unit only.

        Which messages were handled in their own chat goes too; `said` is the one there that asks for this, and stays.
        """
