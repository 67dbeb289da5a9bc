"""The board and my plan card: who sees what, and what can be tapped."""

from datetime import timedelta

from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, TEAM_ID, Button, personal


async def share(town, who, sentence, where=CHANNEL):
    await town.says(sentence, who, where)
    await town.says("waar delen aan", who, where)


async def test_an_empty_board_says_how_to_be_the_first(town):
    said = await town.says("waar", ANOUK, CHANNEL)
    assert "Wees de eerste" in said.text
    assert said.button(verb="where.plan")


async def test_not_shared_not_filled_in_and_not_existing_look_alike(town):
    """Promise 1: three reasons for not being on the board, one and the same board."""
    await share(town, BART, "waar vandaag stadskantoor")
    before = await town.says("waar", ANOUK, CHANNEL)
    await town.says("waar vandaag thuis", CHANTAL, CHANNEL)  # filled in, not shared
    hidden = await town.says("waar", ANOUK, CHANNEL)
    town.settle(CHANNEL, ANOUK, BART)  # does not exist any more
    town.clock.move(timedelta(hours=2))
    gone = await town.says("waar", ANOUK, CHANNEL)
    assert before.card == hidden.card == gone.card


async def test_switching_off_takes_me_off_the_board_at_once(town):
    await share(town, BART, "waar vandaag thuis")
    assert "Bart Jansen" in (await town.says("waar", ANOUK, CHANNEL)).text
    await town.says("waar delen uit", BART, CHANNEL)
    assert "Bart Jansen" not in (await town.says("waar", ANOUK, CHANNEL)).text


async def test_sharing_is_by_team(town):
    """What one team sees another does not."""
    await share(town, BART, "waar vandaag thuis", GROUP)
    assert "Bart Jansen" in (await town.says("waar", ANOUK, GROUP)).text
    assert "Bart Jansen" not in (await town.says("waar", ANOUK, CHANNEL)).text


async def test_kinds_of_work_head_the_board_and_halves_are_told_apart(town):
    await share(town, BART, "waar vandaag ochtend stadskantoor balie")
    await town.says("waar vandaag middag thuis", BART)
    text = (await town.says("waar", ANOUK, CHANNEL)).text
    assert text.index("Balie") < text.index("Bart Jansen")
    assert "’s middags" in text.replace("\xa0", " ")


async def test_a_name_is_not_looked_up(town):
    """`/where <a name>` gets the board and the reason, whether or not that person shares."""
    await town.says("waar", ANOUK, CHANNEL)
    said = await town.says("waar Chantal")
    assert "Ik zoek niet op waar één collega is" in said.text
    assert "Bord van Wijkzaken" in said.text
    mention = town.client.mention(BART)
    said = await town.says("<at>Bart Jansen</at>", ANOUK, personal(ANOUK), entities=[mention])
    said = await town.says("waar <at>Bart Jansen</at>", ANOUK, personal(ANOUK), entities=[mention])
    assert "Ik zoek niet op waar één collega is" in said.text


async def test_my_own_chat_shows_board_and_plan(town):
    await town.says("waar", ANOUK, CHANNEL)
    said = await town.says("/waar")
    assert "Bord van Wijkzaken" in said.text
    assert "Mijn plan" in said.text


async def test_without_a_team_my_plan_is_still_there(empty_town):
    said = await empty_town.says("/waar")
    assert "Mijn plan" in said.text
    assert said.button(verb="where.plan", slot="2026-11-23")


async def test_planning_a_week_by_tapping(town):
    """Tap a day-part, the choices open in the same card; tap a place, it is set and the card shows it."""
    card = await town.says("waar plan")
    opened = await town.presses(card.button(verb="where.plan", slot="2026-11-24.m"))
    chosen = await town.presses(opened.button(verb="where.set", title="Thuis"))
    assert await town.plan() == {"2026-11-24 morning": "home"}
    assert chosen.button(verb="where.undo")
    assert chosen.button(verb="where.plan", slot="2026-11-24.a")
    whole = await town.presses(chosen.button(verb="where.plan", slot="2026-11-25"))
    await town.presses(whole.button(verb="where.set", title="Stadskantoor"))
    assert (await town.plan())["2026-11-25 afternoon"] == "site s1"


async def test_a_kind_of_work_suggests_its_places_first(town):
    """Choosing "focus" puts home and the library in front, and goes along with the place."""
    opened = await town.presses(Button("", "where.plan", {"slot": "2026-11-24", "l": "nl"}))
    focus = await town.presses(opened.button(verb="where.plan", kind="focus"))
    places = [button for button in focus.buttons if button.verb == "where.set"]
    assert [button.title for button in places[:2]] == ["Thuis", "Bibliotheek De Kade"]
    await town.presses(places[0])
    assert (await town.plan())["2026-11-24 morning"] == "home focus"


async def test_a_day_part_can_be_emptied(town):
    await town.says("waar morgen thuis")
    opened = await town.presses(Button("", "where.plan", {"slot": "2026-11-24.m", "l": "nl"}))
    await town.presses(opened.button(verb="where.set", title="leeg"))
    assert await town.plan() == {"2026-11-24 afternoon": "home"}


async def test_a_board_of_a_team_that_is_not_mine_is_refused(town):
    """A forged team id shows nothing and confirms nothing."""
    await share(town, BART, "waar vandaag thuis")
    press = Button("", "where.board", {"team": TEAM_ID, "l": "nl"})
    said = await town.presses(press, DIRK)
    made_up = await town.presses(Button("", "where.board", {"team": "19:none", "l": "nl"}), DIRK)
    assert "Bart" not in said.text
    assert "Wijkzaken" not in said.text
    assert said.card == made_up.card


async def test_somebody_who_left_the_team_no_longer_sees_it(town):
    await town.says("waar", ANOUK, CHANNEL)
    town.settle(CHANNEL, BART, CHANTAL)
    town.clock.move(timedelta(hours=2))
    said = await town.presses(Button("", "where.board", {"team": TEAM_ID, "l": "nl"}))
    assert "Wijkzaken" not in said.text


async def test_guests_take_no_part_in_boards(town):
    """Guests and people of another tenant get one sentence."""
    town.settle(CHANNEL, ANOUK, DIRK, **{DIRK.name: {"userRole": "guest"}})
    guest = {**DIRK.account, "userRole": "guest"}
    said = await town.says("waar", DIRK, CHANNEL, **{"from": guest})
    assert said.card is None
    assert "gast" in said.text.lower()


async def test_tomorrow_and_back(town):
    """The board goes forward and never into the past."""
    today = await town.says("waar", ANOUK, CHANNEL)
    tomorrow = await town.presses(today.button(verb="where.board", day="2026-11-24"))
    assert "Dinsdag 24 november" in tomorrow.text
    assert tomorrow.button(verb="where.board", day="2026-11-23")
    assert not [b for b in today.buttons if b.verb == "where.board" and b.data.get("day", "9") < "2026-11-23"]
    past = await town.presses(Button("", "where.board", {"day": "2026-11-20", "l": "nl"}))
    assert "geen geschiedenis" in past.text


async def test_teams_that_cannot_be_asked_do_not_stop_planning(town):
    """The roster cannot be fetched: the plan is kept all the same, and the board says that something is wrong."""
    town.teams.script(403)
    said = await town.says("waar morgen thuis", ANOUK, GROUP)
    assert "Genoteerd" in said.text
    assert await town.plan()
