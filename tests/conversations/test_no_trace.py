"""Addresses leave no trace anywhere, and logs never hold what people typed, their names or their places."""

import random

import structlog

from tests.conversations.town import ANOUK, BART, CHANNEL, personal

STREETS = ("Kerkstraat", "Lange Leemstraat", "Bakkerspad", "Korenmarkt", "Meir", "van Speykkade", "Oude Singel")
POSTCODES = ("6811 AB", "1012JS", "B-2000 Antwerpen", "9000 Gent")
OTHERS = ("06-12345678", "+32 470 12 34 56", "https://kaart.example/plek", "www.kaart.example", "51.98514, 5.89873")
FRAMES = ("waar morgen {}", "waar {} do thuis", "/where tomorrow home {}", "waar ma t/m wo bij inwoner {}", "{}")


def addresses(count):
    chance = random.Random(20261122)
    for _ in range(count):
        street = f"{chance.choice(STREETS)} {chance.randint(1, 299)}{chance.choice(['', 'a', ' bus 3', '-2'])}"
        yield chance.choice([street, f"{street}, {chance.choice(POSTCODES)}", chance.choice(OTHERS)])


async def everything_kept(town):
    async with town.store.engines.read.connect() as connection:
        tables = (await connection.exec_driver_sql("select name from sqlite_master where type = 'table'")).scalars()
        rows = [(await connection.exec_driver_sql(f'select * from "{table}"')).all() for table in tables.all()]
    return str(rows).casefold()


async def test_no_address_survives(town):
    """Not in a row, not in a log line, not on a card, wherever in a sentence it stands."""
    typed = list(addresses(60))
    with structlog.testing.capture_logs() as lines:
        for number, address in enumerate(typed):
            await town.says(FRAMES[number % len(FRAMES)].format(address))
    left = (await everything_kept(town)) + str(lines).casefold() + str(town.teams.sent()).casefold()
    assert await town.plan() == {}
    for address in typed:
        pieces = [piece.strip(",").casefold() for piece in address.split() if len(piece.strip(",")) > 4]
        assert not [piece for piece in pieces if piece in left], address


async def test_logs_hold_no_words_names_or_places(town):
    """Every line is a constant event with fields; a person is a hash."""
    with structlog.testing.capture_logs() as lines:
        await town.says("waar morgen stadskantoor balie", ANOUK, CHANNEL)
        await town.says("waar delen aan", ANOUK, CHANNEL)
        await town.says("waar Bart", ANOUK, CHANNEL)
        await town.says("locaties erbij Kelder")
        await town.says("vertrouwelijk verhaal", BART, personal(BART))
        town.teams.script(500)
        town.teams.script(500)
        town.teams.script(500)
        await town.client.write("waar", BART, CHANNEL)
    told = str(lines).casefold()
    assert lines
    for word in ("anouk", "bart", "stadskantoor", "kelder", "vertrouwelijk", "wijkzaken", "29:", ANOUK.user_id, "19:"):
        assert word not in told, word
