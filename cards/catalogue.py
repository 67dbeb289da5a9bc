"""The words of the cards in each language. English sentences in the code are the source and the keys."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "texts"


def marked(message: str) -> str:
    """Mark a sentence for the catalogue that is translated later; it comes back unchanged."""
    return message


class Texts:
    """One language's words: `t("Share it with {team}", team=name)`. What is not translated stays English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._translations = _read(language)
        self._found: dict[str, str] = {}  # a card looks dozens of sentences up, in as many files as there are

    def __call__(self, message: str, **values: object) -> str:
        found = self._found.get(message)
        if found is None:
            found = self._found[message] = self._translations.gettext(message)
        return found.format(**values) if values else found

    def many(self, one: str, more: str, count: int) -> str:
        """The form for a count; `{count}` is filled in."""
        return self._translations.ngettext(one, more, count).format(count=count)


@cache
def texts(language: str) -> Texts:
    """The words of a language ("nl", "en") or of its variant in a country ("nl-BE"), read once."""
    return Texts(language)


def _read(language: str) -> NullTranslations:
    """Every .po file of the language, one a capability; over them the few words that differ in a country."""
    found = NullTranslations()
    base = language.partition("-")[0]
    variant = FOLDER / f"{language}.po"
    for path in [*sorted((FOLDER / base).glob("*.po")), *([variant] if variant.exists() else [])]:
        compiled = BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=base))
        compiled.seek(0)
        translations = GNUTranslations(compiled)
        translations.add_fallback(found)
        found = translations
    return found
