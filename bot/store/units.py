"""Units of work on a database: a consistent look, a turn's one transaction, or Samen's own upkeep."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime

from sqlalchemy import insert, select

from bot.domain.prompts import PromptKind
from bot.store.askers import AskerRows
from bot.store.counter import CounterRows
from bot.store.deliveries import DeliveryRows
from bot.store.engines import Engines
from bot.store.facts import KeptFacts
from bot.store.focus import FocusRows
from bot.store.living import LivingRows
from bot.store.organisation import CapabilityRows, OrganisationRows
from bot.store.outbox import Outbox
from bot.store.overtaken import overtaken
from bot.store.owndata import OwnDataRows
from bot.store.people import PeopleRows
from bot.store.places import NamedPlaceRows
from bot.store.prompts import PROMPTED, PromptRows
from bot.store.quiet_days import QuietDayRows
from bot.store.reach import ReachRows, ReachSharingRows
from bot.store.rows import Rows, insert_once
from bot.store.sites import SiteRows
from bot.store.tables import audit, seen_activity, team
from bot.store.teams import MemberRows, TeamRows
from bot.store.tenants import ACROSS_TENANTS
from bot.store.together import TogetherRows
from bot.store.where import PatternRows, PlanRows, SharingRows
from bot.turn import TurnKey, unit_is_open

Now = Callable[[], datetime]

_SEE = insert_once(seen_activity)
_AUDIT = insert(audit)
_TENANTS = select(team.c.tenant).distinct().order_by(team.c.tenant)


class AuditRows:
    """`Audit` in a database: rows are added, never changed."""

    def __init__(self, rows: Rows, now: Now) -> None:
        self._rows, self._now = rows, now

    async def add(self, actor_id: str, act: str, subject: str) -> None:
        await self._rows.run(_AUDIT, at=self._now(), actor_id=actor_id, act=act, subject=subject)


class RowsReadUnit:
    """`ReadUnit` on one transaction."""

    def __init__(self, rows: Rows, now: Now, facts: KeptFacts) -> None:
        self.askers = AskerRows(rows, facts)
        self.cards = LivingRows(rows, now())
        self.people = PeopleRows(rows, self.cards)
        self.patterns = PatternRows(rows, self.cards)
        self.plans = PlanRows(rows, now, self.cards, self.patterns)
        self.sharing = SharingRows(rows, self.cards)
        self.teams = TeamRows(rows)
        self.members = MemberRows(rows)
        self.places = NamedPlaceRows(rows)
        self.together = TogetherRows(rows)
        self.capabilities = CapabilityRows(rows)
        self.reach = ReachRows(rows)
        self.reach_sharing = ReachSharingRows(rows)
        self.organisation = OrganisationRows(rows)
        self.own = OwnDataRows(rows, now())
        self.sites = SiteRows(rows)
        self.prompts = PromptRows(rows)
        self.quiet_days = QuietDayRows(rows)
        self.counter = CounterRows(rows, now())
        self.focus = FocusRows(rows, now())


class RowsWriteUnit(RowsReadUnit):
    """`WriteUnit` on one transaction."""

    def __init__(self, rows: Rows, now: Now, facts: KeptFacts, *, repeated: bool) -> None:
        super().__init__(rows, now, facts)
        self.repeated = repeated
        self.audit = AuditRows(rows, now)
        self.deliveries = DeliveryRows(rows, now())


class RowsUnits:
    """`Units` on two engines; `now` dates what is kept, jobs asked for in a unit go to the `outbox` with its commit."""

    def __init__(self, engines: Engines, now: Now, outbox: Outbox) -> None:
        self._engines, self._now, self._outbox = engines, now, outbox
        self._facts = KeptFacts()

    @asynccontextmanager
    async def read(self, tenant: str) -> AsyncIterator[RowsReadUnit]:
        with _opened():
            async with Rows(self._engines.read, tenant) as rows:
                yield RowsReadUnit(rows, self._now, self._facts)

    @asynccontextmanager
    async def glance(self, tenant: str) -> AsyncIterator[RowsReadUnit]:
        with _opened():
            async with Rows(self._engines.glance, tenant) as rows:
                yield RowsReadUnit(rows, self._now, self._facts)

    @asynccontextmanager
    async def write(self, key: TurnKey, *, whole: bool = False) -> AsyncIterator[RowsWriteUnit]:
        with _opened(), overtaken():
            async with Rows(self._engines.whole if whole else self._engines.write, key.tenant, self._outbox) as rows:
                repeated = not await self._see(rows, key)
                unit = RowsWriteUnit(rows, self._now, self._facts, repeated=repeated)
                yield unit
                if not repeated:
                    await unit.cards.settle()
                    await rows.commit()

    @asynccontextmanager
    async def mirror(self, tenant: str) -> AsyncIterator[RowsWriteUnit]:
        with _opened():
            async with Rows(self._engines.write, tenant, self._outbox) as rows:
                unit = RowsWriteUnit(rows, self._now, self._facts, repeated=False)
                yield unit
                await unit.cards.settle()
                await rows.commit()

    async def tenants(self) -> tuple[str, ...]:
        async with self._engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
            return tuple((await connection.execute(_TENANTS)).scalars())

    async def prompted(self, kind: PromptKind, now: datetime) -> tuple[str, ...]:
        async with self._engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
            found = await connection.execute(PROMPTED, {"kind": kind.value, "now": now})
            return tuple(found.scalars())

    async def _see(self, rows: Rows, key: TurnKey) -> bool:
        """Record the activity; False when it was recorded before. Waits for another unit that is recording it now."""
        result = await rows.run(_SEE, conversation=key.conversation, activity=key.activity, seen_at=self._now())
        return result.rowcount == 1


@contextmanager
def _opened() -> Iterator[None]:
    if unit_is_open.get():
        # On SQLite the inner one would wait for the outer one's connection until both time out.
        raise RuntimeError("units of work do not nest")
    token = unit_is_open.set(True)
    try:
        yield
    finally:
        unit_is_open.reset(token)
