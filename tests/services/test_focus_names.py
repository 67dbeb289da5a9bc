"""What a focus session is about is forgotten in time by each process, also by one that never has the minute's round."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.services.focusing import Wording, naming

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def wording(subject: str | None) -> Wording:
    return Wording(subject or "Focustijd", said=subject is not None)


async def test_it_is_forgotten_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "KEPT", timedelta(seconds=0.05))
    names = naming.Names()
    names.of("one", wording("bezwaarschrift"), NOW)
    assert names.of("one", wording(None), NOW).subject == "bezwaarschrift"
    await asyncio.sleep(0.2)
    assert not names._names
    assert names.of("one", wording(None), NOW).subject == "Focustijd"


async def test_one_that_is_said_again_stays_for_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "KEPT", timedelta(seconds=0.3))
    names = naming.Names()
    names.of("one", wording("bezwaarschrift"), NOW)
    await asyncio.sleep(0.15)
    names.of("one", wording("raadsstuk"), NOW + timedelta(seconds=0.2))
    await asyncio.sleep(0.2)
    assert names.of("one", wording(None), NOW + timedelta(seconds=0.4)).subject == "raadsstuk"
