"""What Teams receives of a drawn view."""

from copy import deepcopy

import orjson

from bot.adapter.codec import activity_of, dumps
from bot.adapter.outgoing import message_for_all, message_of
from cards.help import HelpView
from cards.renderers import draw

DRAWN = draw(HelpView(commands=("where",)), "nl")


def test_the_copy_that_botbuilder_sends_holds_the_card_itself():
    activity = activity_of(message_of(DRAWN))
    sent = deepcopy(activity)
    assert sent.attachments[0].content is activity.attachments[0].content
    assert orjson.loads(dumps(sent))["attachments"][0]["content"] == {"fallbackText": DRAWN.text, **DRAWN.card}


def test_a_card_for_all_leaves_the_drawn_one_as_it_was():
    before = deepcopy(DRAWN.card)
    assert '"all":true' in dumps(message_for_all(DRAWN)).decode()
    assert DRAWN.card == before
    assert '"all"' not in dumps(message_of(DRAWN)).decode()
