"""Who speaks to the bots, in teams of thirty, and what they send: each message an activity of its own."""

import itertools
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.bench.load import Next
from tests.bench.microsoft import TENANT

TEAM_SIZE = 30
SPEAKERS = 1_020  # 34 teams
BOT = {"id": "28:bot", "name": "Samen"}
_ID = "activity-0000000000"  # a place to write a number in, always as long
_FIRST = ("Anouk", "Bart", "Chantal", "Dirk", "Eva", "Fatima", "Gijs", "Hanna", "Iris", "Joris")
_LAST = ("de Vries", "Jansen", "Özdemir", "van den Berg", "Peeters", "Bakker", "Visser", "El Amrani", "Smit", "Maes")


@dataclass(frozen=True)
class Speaker:
    """Somebody, by number."""

    number: int

    @property
    def user_id(self) -> str:
        return str(uuid.UUID(int=self.number, version=4))

    @property
    def channel_user_id(self) -> str:
        return f"29:person-{self.number}"

    @property
    def chat(self) -> str:
        return f"a:person-{self.number}"

    @property
    def name(self) -> str:
        return f"{_FIRST[self.number % 10]} {_LAST[self.number // 10 % 10]}"


class Activities:
    """Requests with the activities of `SPEAKERS` people in turn, made before anything is measured."""

    def __init__(self, token: str, service_url: str) -> None:
        self._service_url = service_url
        self._head = (
            "POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {token}\r\nContent-Length: {{}}\r\n\r\n"
        )
        self._numbers = itertools.count()

    def messages(self, text: str) -> Next:
        """Somebody types this in their own chat."""
        return self._requests({"type": "message", "text": text, "textFormat": "plain"})

    def presses(self, verb: str, data: dict[str, object]) -> Next:
        """Somebody presses a button of a card in their own chat."""
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        value = {"action": action, "trigger": "manual"}
        pressed = {"type": "invoke", "name": "adaptiveCard/action", "value": value, "replyToId": "1:7"}
        return self._requests(pressed)

    def _requests(self, said: dict[str, object]) -> Next:
        parts = [self._split(Speaker(number), said) for number in range(SPEAKERS)]
        rounds = itertools.cycle(parts)

        def make() -> bytes:
            before, after = next(rounds)
            return b"%bactivity-%010d%b" % (before, next(self._numbers), after)

        return make

    def _split(self, who: Speaker, said: dict[str, object]) -> tuple[bytes, bytes]:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        activity = {
            **said,
            "id": _ID,
            "timestamp": now,
            "localTimestamp": now,
            "channelId": "msteams",
            "serviceUrl": self._service_url,
            "from": {"id": who.channel_user_id, "name": who.name, "aadObjectId": who.user_id},
            "conversation": {"id": who.chat, "conversationType": "personal", "tenantId": TENANT},
            "recipient": BOT,
            "entities": [{"type": "clientInfo", "locale": "nl-NL", "country": "NL", "platform": "Windows"}],
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "nl-NL",
            "localTimezone": "Europe/Amsterdam",
        }
        raw = json.dumps(activity, ensure_ascii=False).encode()
        whole = self._head.format(len(raw)).encode() + raw
        before, after = whole.split(_ID.encode())
        return before, after


def at_home(day: date) -> dict[str, object]:
    """The data of the button that sets a whole day to home."""
    return {"parts": [f"{day.isoformat()}.{part}.home.." for part in "ma"], "l": "nl"}
