"""The declarations in words: each in the catalogue, and the register of processing made of them up to date."""

from pathlib import Path

import pytest

from bot.store.register import whole_register
from cards.catalogue import texts
from cards.keeping import KEPT, PURPOSES, SEEN_BY, TITLES
from cards.owndata.mydata import COLUMNS, TECHNICAL
from tests.canaries import ABOUT_PEOPLE, WITH_SUBJECT

DECLARED = {"title": TITLES, "purpose": PURPOSES, "seen_by": SEEN_BY, "kept": KEPT}


@pytest.mark.parametrize("field", DECLARED)
def test_what_is_declared_is_what_is_translated(field):
    """Every sentence of a declaration stands in the catalogue, and no other does."""
    said = {getattr(table.info["keeping"], field) for table in ABOUT_PEOPLE}
    assert said == set(DECLARED[field])
    assert [sentence for sentence in said if texts("nl")(sentence) == sentence] == []


def test_no_two_tables_have_one_title():
    titles = [table.info["keeping"].title for table in ABOUT_PEOPLE]
    assert len(set(titles)) == len(titles)


def test_every_column_about_a_person_has_a_name_to_read():
    columns = {column.name for table in WITH_SUBJECT for column in table.columns} - {"tenant"}
    assert columns == set(COLUMNS) | TECHNICAL
    assert not TECHNICAL & set(COLUMNS)


def test_the_register_is_up_to_date():
    """`python -m bot.store.register > docs/register.md` makes it."""
    kept = (Path(__file__).parents[2] / "docs/register.md").read_text(encoding="utf-8")
    assert kept == whole_register()
