"""What people do at the counter and what they hear of it, for the tests of `/balie`."""

from datetime import timedelta

from tests.conversations.town import ANOUK, BART, CHANNEL, Button, Said, personal

NAMES = ("Anouk", "Bart", "Chantal")


def heard(town, who, start=0):
    """All that somebody could read from a moment on, as text."""
    mine = [body for body in town.teams.heard_by(who.channel_user_id) if body in town.teams.sent()[start:]]
    return [_text(body) for body in mine]


def _text(body):
    return body["attachments"][0]["content"]["fallbackText"] if body.get("attachments") else body["text"]


def asked(town, who=BART, start=0):
    return [text for text in heard(town, who, start) if "Hulp nodig aan de balie" in text]


def busy(town, who=BART, start=0):
    return [text for text in heard(town, who, start) if "Het is druk aan de balie" in text]


def card_of(town, words):
    """The last card that was sent with these words on it."""
    cards = [body["attachments"][0]["content"] for body in town.teams.sent() if body.get("attachments")]
    return next(card for card in reversed(cards) if words in card["fallbackText"])


def i_can(town, words="Hulp nodig"):
    actions = [a for part in card_of(town, words)["body"] for a in part.get("actions", ())]
    action = next(action for action in actions if action["verb"] == "counter.help")
    return Button(action["title"], action["verb"], action["data"])


async def says_busy(town, who=ANOUK, where=None, **more):
    """Somebody says that it is busy, and the card that asks for it comes."""
    said = await town.says("/balie druk", who, where, **more)
    await town.work_off()
    return said


async def helps(town, who=BART, words="Hulp nodig"):
    """Somebody presses "I can" on the card that all see; what they are told in their own chat."""
    start = len(town.teams.sent())
    await town.presses(i_can(town, words), who, CHANNEL)
    told = town.teams.sent()[start:]
    assert [body["conversation"]["id"] for body in told] == [personal(who).id]
    card = told[0]["attachments"][0]["content"]
    return Said(card, card["fallbackText"])


async def shares(town, who, text, where=CHANNEL):
    await town.says(text, who, where)
    await town.says("waar delen aan", who, where)


async def closes(town, when="di", *, close=True):
    """The administrator closes the site, or opens it; and what stands in the team is drawn again."""
    await town.says(f"/kantoor {'dicht' if close else 'open'} Stadskantoor {when}", ANOUK)
    await town.tick(timedelta(seconds=2))


async def settles(town):
    """Past the second look at what was just posted: from here on only a touch has it drawn again."""
    for _ in range(2):
        await town.tick(timedelta(minutes=1))


def stands(town, who=BART):
    """What stands in somebody's chats now."""
    return town.screen(who)
