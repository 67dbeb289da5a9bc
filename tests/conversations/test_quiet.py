"""While somebody pauses or has stopped no card says that a team sees them, and every card leads back."""

import pytest

from tests.conversations.town import ANOUK, CHANNEL, TEAM_ID, Button

NOBODY = "Niemand ziet dit nu, omdat je pauzeert of gestopt bent"
UNTRUE = ("Ook te zien", "Te zien voor", "Ook zichtbaar", "ziet je plan", "ziet nu je plan", "Wees de eerste")
SAID = ["waar morgen thuis", "waar", "waar week", "waar plan", "waar patroon", "waar patroon ma thuis", "waar vrijdag"]


@pytest.fixture(params=["/pauze 2 weken", "/stop"])
async def quiet(town, request):
    """Somebody who shares with a team, and then wants to be seen by nobody."""
    await town.says("waar", ANOUK, CHANNEL)
    await town.says("waar delen aan")
    await town.says(request.param)
    return town


@pytest.mark.parametrize("text", SAID)
async def test_a_card_says_that_nobody_sees_this_now(quiet, text):
    said = await quiet.says(text)
    assert NOBODY in said.text
    assert [words for words in UNTRUE if words in said.text] == []
    assert "/start" in said.text
    assert "Fijn dat je er weer bent" in (await quiet.presses(said.button(verb="start.show"))).text
    assert NOBODY not in (await quiet.says(text)).text


async def test_saving_an_old_first_card_and_sharing_say_so_too(quiet):
    saved = await quiet.presses(Button("", "start.save", {"l": "nl", "teams": [TEAM_ID], "shown_to": TEAM_ID}))
    shared = await quiet.says("waar delen aan", ANOUK)
    for said in (saved, shared):
        assert NOBODY in said.text
        assert [words for words in UNTRUE if words in said.text] == []
        assert said.button(verb="start.show")
