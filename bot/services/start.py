"""The first card, for whoever asks for it, greets Samen, or has just added it."""

from bot.domain.capabilities import Capability
from bot.domain.people import Role
from bot.domain.start import MOST_TEAMS, as_text, offers, options, whole_days
from bot.services.services import Services
from bot.services.teams import my_teams, named
from bot.turn import Answer, Ask, Scope, TurnKey
from cards.start import FirstView
from cards.where import Spot, TeamChoice


async def first_card(ask: Ask, services: Services, reason: str = "asked") -> FirstView:
    """The card with what I chose so far. A network read: call it outside a unit."""
    mine = await my_teams(ask, services)
    choices = options(ask.places)
    async with services.units.read(ask.turn.key.tenant) as unit:
        pattern = await unit.patterns.of(ask.user_id)
        seen_by = await named(unit, mine, mine.sharing)
    names = {place.id: place.name for place in ask.places}
    return FirstView(
        reason=reason,
        bot=ask.turn.reference.bot_name,
        choices=tuple((as_text(at), Spot(at.place.value, names.get(at.named or ""), at.named)) for at in choices),
        week=tuple(as_text(at) for at in whole_days(pattern, choices)),
        today=ask.today,
        teams=tuple(TeamChoice(team.id, team.name) for team in mine.teams[:MOST_TEAMS]),
        shown_to=tuple(TeamChoice(team.id, team.name) for team in seen_by),
        language=ask.language,
        where=Capability.WHERE in ask.capabilities,
    )


def is_offered(ask: Ask, services: Services) -> bool:
    """Whether this person gets the first card without asking for it: in their own chat, once they come by."""
    own = ask.turn.scope is Scope.PERSONAL and Role.MEMBER in ask.roles
    return own and offers(ask.person, services.clock.now())


async def first_run(ask: Ask, services: Services) -> Answer:
    """Added in somebody's own chat. Teams tells it twice, in two ways: the second one finds the first one's record."""
    if not is_offered(ask, services):
        return Answer()
    async with services.units.write(TurnKey(ask.turn.key.tenant, ask.turn.key.conversation, "first-run")) as unit:
        repeated = unit.repeated
    return Answer() if repeated else Answer(await first_card(ask, services, "added"))
