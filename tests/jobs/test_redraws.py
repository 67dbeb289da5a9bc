"""Living cards are drawn as things are: one message, and at the end the right words."""

from datetime import UTC, datetime, timedelta

from bot.domain.places import NamedPlace, Place
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, TEAM_ID, TODAY, Town
from tests.fakes.botframework import TENANT
from tests.jobs.tally import KIND, SUBJECT, Tally
from tests.jobs.tally_steps import FAR, MINUTE, asked, presses, rows, stands


async def test_it_is_posted_once_and_then_drawn_in_its_place(board: Town):
    await presses(board, BART)
    await board.work_off()
    assert stands(board) == ["nl: Bart Jansen"]
    assert (len(asked(board, "POST")), len(asked(board, "PUT"))) == (1, 1)


async def test_its_buttons_say_that_everybody_sees_them(board: Town):
    await presses(board, BART)
    await board.work_off()
    for one in (asked(board, "POST")[-1], asked(board, "PUT")[-1]):
        assert one.body["attachments"][0]["content"]["actions"][0]["data"]["all"] is True


async def test_the_same_is_not_said_again(board: Town, tally: Tally):
    """It is read at every touch, and Teams is asked only for something else."""
    for _ in range(3):
        await presses(board, BART)
        await board.work_off()
    assert tally.drawn == 4
    assert len(asked(board, "PUT")) == 1


async def test_many_presses_are_one_drawing(board: Town):
    await presses(board, ANOUK, BART, CHANTAL)
    await board.work_off()
    assert len(asked(board, "PUT")) == 1
    assert stands(board) == ["nl: Anouk de Vries Bart Jansen Chantal Özdemir"]


async def test_in_the_teams_language_of_now(board: Town):
    await board.says("taal team en", ANOUK, CHANNEL)
    await presses(board, BART)
    await board.work_off()
    assert stands(board)[0] == "en: Bart Jansen"


async def test_when_there_is_no_more_to_draw_it_stays(board: Town, tally: Tally):
    tally.over = True
    await presses(board, BART)
    await board.work_off()
    assert stands(board) == ["nl: "]
    assert await rows(board) == 0


async def test_after_its_end_it_is_drawn_once_more_and_then_kept_no_longer(board: Town):
    async with board.store.units.mirror(TENANT) as unit:
        await unit.places.save(NamedPlace("z", "Zonder aanraking", Place.SITE))
    await board.tick(timedelta(hours=8))
    assert stands(board) == ["nl: Zonder aanraking"]
    assert await rows(board) == 0


async def test_a_card_with_places_is_remembered_for_the_night(tallied: Town, tally: Tally):
    """Also when they come on it later."""
    await tallied.says("turf", ANOUK, CHANNEL)
    await tallied.work_off()
    assert await tallied.store.cards.take(FAR, FAR, 10) == ()
    tally.day = TODAY
    await presses(tallied, BART)
    await tallied.work_off()
    (card,) = await tallied.store.cards.take(FAR, FAR, 10)
    assert (card.to.conversation, card.day, card.user_id) == (TEAM_ID, TODAY, None)


async def test_a_first_posting_waits_for_the_teams_morning(tallied: Town):
    await tallied.tick(datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    await tallied.says("turf", ANOUK, CHANNEL)
    await tallied.work_off()
    await tallied.tick(timedelta(hours=2))
    assert stands(tallied) == []
    await tallied.tick(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    assert stands(tallied) == ["nl: "]


async def test_a_team_that_sleeps_is_told_when_it_is_back(board: Town):
    async with board.store.units.mirror(TENANT) as unit:
        await unit.teams.sleep(TEAM_ID, board.clock.now())
        await unit.places.save(NamedPlace("b", "Bart Jansen", Place.SITE))
        unit.cards.touch(KIND, SUBJECT)
    await board.work_off()
    assert stands(board) == ["nl: "]
    async with board.store.units.mirror(TENANT) as unit:
        await unit.teams.wake(TEAM_ID)
    await board.tick(11 * MINUTE)
    assert stands(board) == ["nl: Bart Jansen"]
