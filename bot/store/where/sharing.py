"""With whom somebody shares their places."""

from sqlalchemy import delete, select

from bot.store.living import LivingRows
from bot.store.rows import TEAM, TENANT, USER, Rows, upsert
from bot.store.tables import sharing

_TEAMS_OF = select(sharing.c.team_id).where(
    sharing.c.tenant == TENANT, sharing.c.user_id == USER, sharing.c.gone_since.is_(None)
)
# Also for somebody whose choice was about to lapse: they are back.
_SHARE = upsert(sharing)
_UNSHARE = delete(sharing).where(sharing.c.tenant == TENANT, sharing.c.team_id == TEAM, sharing.c.user_id == USER)


class SharingRows:
    """`Sharing` in a database."""

    def __init__(self, rows: Rows, cards: LivingRows) -> None:
        self._rows, self._cards = rows, cards

    async def teams_of(self, user_id: str) -> frozenset[str]:
        return frozenset((await self._rows.run(_TEAMS_OF, user_id=user_id)).scalars())

    async def set(self, user_id: str, team_id: str, on: bool) -> None:
        back = {"gone_since": None} if on else {}
        await self._rows.run(_SHARE if on else _UNSHARE, user_id=user_id, team_id=team_id, **back)
        if on:  # that somebody shows no more must not be seen at that second: decision 20
            self._cards.touch_team(team_id)
