"""Every kind of invoke, each with a well-formed answer: a client never sees a fault because of what it sent.

Shapes: learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model and
learn.microsoft.com/microsoftteams/platform (dialogs, message extensions, dynamic search).
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from botbuilder.core import InvokeResponse, TurnContext

from bot.adapter.answers import Answers
from bot.adapter.files import Files
from bot.adapter.handling import Handling, Spoken
from bot.adapter.outgoing import attachment, card, is_for_all
from bot.adapter.refusals import Malformed
from bot.adapter.sign_in import SignIn
from bot.logs import get_logger
from bot.turn import Press, Turn
from cards import Drawn

log = get_logger(__name__)

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"

_NAME = re.compile(r"[a-zA-Z]{1,40}/[a-zA-Z]{1,40}")  # only what looks like one is logged

Answer = Callable[[Mapping[str, Any], TurnContext, Turn], Awaitable[InvokeResponse]]

_NO_RESULTS = {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": []}}
# What Samen does not offer is answered with "nothing", in the shape each client expects.
NOTHING: Mapping[str, Any] = {
    "application/search": {
        "statusCode": 200,
        "type": "application/vnd.microsoft.search.searchResponse",
        "value": {"results": []},
    },
    "composeExtension/query": _NO_RESULTS,
    "composeExtension/selectItem": _NO_RESULTS,
    "composeExtension/queryLink": _NO_RESULTS,
    "composeExtension/anonymousQueryLink": _NO_RESULTS,
    "composeExtension/querySettingUrl": {"composeExtension": {"type": "config", "suggestedActions": {"actions": []}}},
    "composeExtension/setting": None,
    "composeExtension/onCardButtonClicked": None,
    "actionableMessage/executeAction": None,
    "message/submitAction": {},
    "suggestedAction/submit": {},
    "tab/fetch": {"tab": {"type": "continue", "value": {"cards": []}}},
    "tab/submit": {"tab": {"type": "continue", "value": {"cards": []}}},
}
DIALOGS = (
    "task/fetch",
    "task/submit",
    "composeExtension/fetchTask",
    "composeExtension/submitAction",
    "message/fetchTask",
)
CONFIGURATION = ("config/fetch", "config/submit")


class Invokes:
    """Answers invokes by name; a press of any kind becomes a turn."""

    def __init__(self, handling: Handling, answers: Answers, files: Files, sign_in: SignIn) -> None:
        self._handling, self._answers, self._files = handling, answers, files
        self._kinds: dict[str, Answer] = {
            "adaptiveCard/action": self._press,
            **dict.fromkeys(DIALOGS, self._dialog),
            **dict.fromkeys(CONFIGURATION, self._configuration),
            "fileConsent/invoke": self._file,
            **sign_in.kinds,
        }

    async def answer(self, context: TurnContext, turn: Turn) -> InvokeResponse:
        """The response to an invoke: 400 for a malformed one, "nothing" for one that nobody knows."""
        activity = context.activity
        value = {} if activity.value is None else activity.value
        if not isinstance(value, dict):
            return malformed("value must be an object")
        if activity.name in self._kinds:
            return await self._kinds[activity.name](value, context, turn)
        if activity.name not in NOTHING:
            log.info("invoke_unknown", name=activity.name if _NAME.fullmatch(activity.name) else "odd")
        return InvokeResponse(status=200, body=NOTHING.get(activity.name, {}))

    async def _press(self, value: Mapping[str, Any], context: TurnContext, turn: Turn) -> InvokeResponse:
        """Action.Execute: the answer takes the card's place, for the one who pressed."""
        action = value.get("action")
        if not isinstance(action, dict) or action.get("type") != "Action.Execute":
            return malformed("action must be an Action.Execute")
        verb, data = _or(action.get("verb"), ""), _or(action.get("data"), {})
        if not isinstance(verb, str) or not isinstance(data, dict):
            return malformed("verb must be a text and data an object")
        press = Press(verb, data, context.activity.reply_to_id, automatic=value.get("trigger") == "automatic")
        drawn = await self._drawn(context, replace(turn, press=press))
        if drawn and drawn.card:
            return InvokeResponse(status=200, body={"statusCode": 200, "type": CARD, "value": card(drawn)})
        text = drawn.text if drawn else ""
        return InvokeResponse(status=200, body={"statusCode": 200, "type": MESSAGE, "value": text})

    async def _dialog(self, value: Mapping[str, Any], context: TurnContext, turn: Turn) -> InvokeResponse:
        """A dialog opened or sent: the same press, answered in the dialog's shape."""
        drawn = await self._answer_data(value, context, turn)
        if drawn is None:
            return InvokeResponse(status=200)  # Teams closes the dialog
        if drawn.card:
            task = {"type": "continue", "value": {"card": attachment(drawn)}}
        else:
            task = {"type": "message", "value": drawn.text}
        return InvokeResponse(status=200, body={"task": task})

    async def _configuration(self, value: Mapping[str, Any], context: TurnContext, turn: Turn) -> InvokeResponse:
        """The bot's settings page in a team, which Samen has none of: said in words."""
        drawn = await self._answer_data(value, context, turn)
        config = {"type": "message", "value": drawn.text if drawn else ""}
        return InvokeResponse(status=200, body={"responseType": "config", "config": config})

    async def _file(self, value: Mapping[str, Any], context: TurnContext, turn: Turn) -> InvokeResponse:
        """Yes or no to an offered file; the file and the answer follow, for an upload may outlast an invoke."""
        if turn.files:
            try:
                self._files.choose(value, context, turn)
            except Malformed as error:
                return malformed(str(error))
        return InvokeResponse(status=200)

    async def _answer_data(self, value: Mapping[str, Any], context: TurnContext, turn: Turn) -> Drawn | None:
        data = value.get("data")
        data = data if isinstance(data, dict) else {}
        verb = data.get("verb")
        press = Press(verb if isinstance(verb, str) else "", data, context.activity.reply_to_id)
        return await self._drawn(context, replace(turn, press=press))

    async def _drawn(self, context: TurnContext, turn: Turn) -> Drawn | None:
        """What a press's response shows. A reply that comes too late for the response follows as a message."""

        async def late(reply: Spoken) -> None:
            await self._answers.give(context, turn, reply)

        async def settle(reply: Spoken) -> Spoken:
            return await self._answers.aside(turn, reply) if turn.press and is_for_all(turn.press.data) else reply

        reply = await self._handling.reply_in_time(turn, settle, late)
        self._handling.afterwards(self._answers.follow(context, turn, reply))
        return reply.show.drawn if reply.show else None


def malformed(why: str) -> InvokeResponse:
    """The answer to an invoke that is not as its kind should be."""
    error = {"code": "BadRequest", "message": why}
    return InvokeResponse(status=400, body={"statusCode": 400, "type": ERROR, "value": error})


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value
