"""Golden cards: `pytest tests/cards --golden=write` writes them anew; look at the difference before you commit."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", choices=("check", "write"), default="check", help="check golden cards, or write them")


@pytest.fixture(scope="session")
def write_golden(request: pytest.FixtureRequest) -> bool:
    # Without the option when a run starts higher up: pytest reads this file too late then to know it.
    return bool(request.config.getoption("--golden", default="check") == "write")
