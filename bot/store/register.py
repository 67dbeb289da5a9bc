"""The register of processing, from what the tables declare: `python -m bot.store.register > docs/register.md`."""

from sqlalchemy import Table

from bot.store.tables import metadata
from cards.keeping import RegisterLine, register

LANGUAGES = ("nl", "en")


def _line(table: Table) -> RegisterLine:
    keeping = table.info["keeping"]
    columns = tuple(column.name for column in table.columns if column.name != "tenant")
    on_forget = keeping.on_forget.value if keeping.subject else None
    return RegisterLine(keeping.title, keeping.purpose, keeping.seen_by, keeping.kept, on_forget, columns)


def whole_register() -> str:
    """Of every table about people, in each language."""
    lines = [_line(table) for table in metadata.tables.values() if "keeping" in table.info]
    return "\n".join(register(lines, language) for language in LANGUAGES)


if __name__ == "__main__":
    print(whole_register(), end="")  # noqa: T201 - it is what this is run for
