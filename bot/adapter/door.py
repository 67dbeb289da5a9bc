"""The door to Teams, hung together: what `app.py` makes one of."""

from collections.abc import AsyncIterator, Mapping

from aiohttp import web

from bot.adapter.adapter import TeamsAdapter
from bot.adapter.answers import Answers
from bot.adapter.app_token import AppToken, TokenSource
from bot.adapter.budget import Budget
from bot.adapter.calls import Calls
from bot.adapter.config import DoorConfig
from bot.adapter.connector import Connector
from bot.adapter.files import Files
from bot.adapter.handling import Handle, Handling, piece_of
from bot.adapter.http import Ready, Routes
from bot.adapter.keys import Keys
from bot.adapter.network import Network
from bot.adapter.offers import Offers
from bot.adapter.outgoing import message
from bot.adapter.pace import Background, Pace
from bot.adapter.remembering import Remembering
from bot.adapter.sandbox import SandboxGate
from bot.adapter.sign_in import SignIn
from bot.adapter.switchboard import Switchboard
from bot.adapter.tokens_in import Gate
from bot.adapter.uploads import Uploads
from bot.domain.days import Ending
from bot.errors import ConnectorError, NetworkInsideUnit
from bot.outgoing import LivingCard, Message, SentCard
from bot.services.accounts import NO_ACCOUNTS, Accounts
from bot.services.clock import Clock
from bot.services.health import Health
from bot.services.pacing import Pacing
from bot.services.rosters import MemberList
from bot.services.sending import SentCards
from bot.turn import Reference, unit_is_open
from cards import View
from graph.errors import BusyError, TokenUnavailableError


class Door:
    """Turns in, replies out, over HTTP as Teams speaks it.

    `ready` names what else must work and whether it does; `targeted` says whether this Teams keeps targeted messages
    private (the Playground does not); `cards` remembers what is sent with places on it; `token_source` replaces secret and certificate (managed identity); `pacing` is told what answers cost their conversation;
    `accounts` is where people sign in to. Raises SettingsError when production has no way to prove who it is.
    """

    def __init__(  # noqa: PLR0913 - one constructor for the whole door; everything but two is named
        self,
        config: DoorConfig,
        handle: Handle,
        *,
        ready: Ready,
        clock: Clock,
        targeted: bool,
        cards: SentCards,
        health: Health,
        token_source: TokenSource | None = None,
        pace: Pace | None = None,
        pacing: Pacing | None = None,
        accounts: Accounts = NO_ACCOUNTS,
    ) -> None:
        self._config, self._ready, self._pace = config, ready, pace or Pace()
        self._network, self._background = Network(), Background()
        self._tokens = None if config.sandbox else token_source or AppToken(self._network, config, clock)
        self.connector = Connector(Calls(self._network, config, self._tokens))
        self._remembering = Remembering(cards, health)
        self._budget = Budget(pacing)
        offers = Offers(accounts, self.connector, self._budget, health, clock)
        private = targeted and not config.sandbox
        self._answers = Answers(
            self.connector,
            self._budget,
            self._remembering,
            health,
            offers,
            background=self._background,
            targeted=private,
        )
        self._keys = Keys(self._network, config.metadata, clock)
        self._clock = clock
        handling = Handling(handle, self.connector, self._background, self._pace, health)
        files = Files(handling, self._answers, self.connector, Uploads(self._network, config), health)
        sign_in = SignIn(accounts, offers, self.connector, handling, self._answers)
        switchboard = Switchboard(handling, self._answers, files, sign_in, clock, typing_after=self._pace.typing)
        self._adapter = TeamsAdapter(switchboard, self.connector, self._budget, self._background, self._pace.message)

    @property
    def members(self) -> MemberList:
        """Where rosters come from."""
        return self.connector

    async def bearer(self) -> str | None:
        """The bot's own token, for Microsoft's services beside Teams; None in the sandbox.

        Raises graph's BusyError when there is none to be had now, and NetworkInsideUnit.
        """
        if unit_is_open.get():
            raise NetworkInsideUnit
        try:
            return await self._tokens.token() if self._tokens else None
        except (ConnectorError, TokenUnavailableError):
            raise BusyError from None

    def forget(self, bearer: str) -> None:
        """One of those services refused this token: ask for another next time."""
        if self._tokens:
            self._tokens.forget(bearer)

    async def send(self, said: Message) -> str | None:
        """Say something that nobody asked for now; the message's id. Raises ConnectorError."""
        piece = piece_of(said.view, said.language, Ending(said.zone, said.zone))
        return await self._answers.send(said.to, piece, said.only_for, said.user_id)

    async def open(self, near: Reference, channel_user_id: str) -> str:
        """The id of somebody's own chat, opened if it is not there yet. Raises ConnectorError."""
        return (await self.connector.create_conversation(near, channel_user_id)).conversation

    async def replace(self, card: SentCard, view: View) -> None:
        """Put a view in the place of a card that was sent. Raises ConnectorError; NotFound when it is gone."""
        update = self.connector.update_targeted if card.targeted else self.connector.update
        await update(card.to, card.activity, message(view, card.language))

    async def post_card(self, card: LivingCard, view: View, language: str, zone: str) -> str | None:
        """Post a card that everybody there sees; the message's id. Raises ConnectorError."""
        return await self._answers.send(card.to, piece_of(view, language, Ending(zone, zone)), None, None)

    async def put_card(self, card: LivingCard, view: View, language: str, zone: str) -> None:
        """Draw it again in its message, for everybody. Raises ConnectorError; NotFound when it is gone."""
        if card.activity:
            await self._answers.redraw(card.to, card.activity, piece_of(view, language, Ending(zone, zone)))

    async def take_back(self, card: LivingCard, activity: str) -> None:
        """Take a message back that stands in a card's conversation. Raises ConnectorError."""
        await self.connector.delete(card.to, activity)

    async def rest(self) -> None:
        """Wait until all is done that requests no longer wait for."""
        await self._background.rest()

    def application(self, *, messages: bool = True) -> web.Application:
        """The aiohttp application; the door's network opens and closes with it. Without `messages` it takes none."""
        ready = self._all_ready if messages else self._ready
        application = Routes(self._config, self._gate(), self._adapter.process, ready).application(messages=messages)
        application.cleanup_ctx.append(self._open)
        return application

    def _gate(self) -> Gate | SandboxGate:
        if self._config.app_id is None:
            return SandboxGate()
        return Gate(self._keys, self._clock, audience=self._config.app_id, issuer=self._config.issuer)

    async def _all_ready(self) -> Mapping[str, bool]:
        keys = self._config.sandbox or await self._keys.ready()
        return {**await self._ready(), "keys": keys}

    async def _open(self, _: web.Application) -> AsyncIterator[None]:
        self._network.open()
        yield
        await self._background.close(self._pace.goodbye)
        await self._remembering.close(self._pace.goodbye)
        await self._budget.close()
        if self._tokens:
            await self._tokens.close()
        await self._network.close()
