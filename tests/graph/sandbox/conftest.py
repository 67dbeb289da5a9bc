"""A twin per test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.graph.sandbox.served import Served


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with Served(tmp_path) as one:
        yield one
