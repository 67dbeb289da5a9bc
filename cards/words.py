"""The words people type, per language, as plain tables."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_TEXTS = Path(__file__).parent / "texts"


@cache
def load() -> Mapping[str, Mapping[str, Any]]:
    """Language code -> the tables of its words.toml (category -> key -> phrases), for every language there is."""
    return {file.parent.name: tomllib.loads(file.read_text("utf-8")) for file in sorted(_TEXTS.glob("*/words.toml"))}
