"""Words, numbers and dates as the site's language has them."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from blog.config import locate
from blog.diagnostics import suggest
from blog.engine import Reader
from blog.wording.plurals import form_for
from blog.wording.reading import FALLBACK, candidates


class WordMissing(LookupError):
    """A template asked for words that no language has; `hint` names the nearest."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(name)
        self.hint = hint


class Wording:
    """The words around all texts, in the language of the site, else in English."""

    def __init__(self, facts: Reader) -> None:
        self.facts = facts

    def say(self, name: str, /, **values: Any) -> str:
        """The words called `name`, filled in; numbers have the digits of the language.

        Raises `WordMissing` if there are none.
        """
        return self.sentence(name, values.get("n")).format_map(self.shown(values))

    def sentence(self, name: str, number: int | None = None) -> str:
        """The words called `name` in the form for the number, not filled in."""
        if name not in self._frame:
            raise WordMissing(name, suggest(name, self._frame))
        return _form(self._frame[name], number, self.facts["config:language"])

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is filled in, with numbers as text."""
        return {
            name: self.number(value) if isinstance(value, int) else value
            for name, value in values.items()
        }

    def number(self, value: int) -> str:
        """A number in the digits of the language."""
        digits: str = self._calendar["digits"]
        return str(value).translate(str.maketrans("0123456789", digits))

    def day(self, value: date) -> str:
        """A day as people read it, e.g. `14 Mar 2026`."""
        return self._date("day", value)

    def day_of_year(self, value: date) -> str:
        """A day within a known year, e.g. `14 Mar`."""
        return self._date("day_of_year", value)

    def month(self, value: date) -> str:
        """A month, e.g. `March 2026`."""
        return self._date("month", value)

    def year(self, value: int) -> str:
        """A year, e.g. `2026`."""
        return self._date("year", date(value, 1, 1))

    def _date(self, pattern: str, value: date) -> str:
        known = self._calendar
        return str(known[pattern]).format(
            day=self.number(value.day),
            month=known["months"][value.month - 1],
            mon=known["short_months"][value.month - 1],
            m=self.number(value.month),
            year=self.number(value.year),
        )

    @cached_property
    def _frame(self) -> Mapping[str, Any]:
        return _table("frame", self.facts)

    @cached_property
    def _calendar(self) -> Mapping[str, Any]:
        return _table("calendar", self.facts)


def words_of(language: str, facts: Reader) -> Mapping[str, str]:
    """The words inside of a text by name, in its own language, else in the site's.

    `language` is empty for a text in the site's own. Placeholders are not filled in.
    """
    return _table("words", facts, language)


def tell_untranslated(facts: Reader) -> None:
    """Warns where the theme does not speak the language of the site."""
    language: str = facts["config:language"]
    if all(facts.get(f"frame:{name}") is None for name in candidates(language)):
        facts.report.warning(
            "untranslated",
            locate(facts["config:text"], ("language",)),
            f"the theme has no words in {language!r}, so its own stay English",
            hint=f"put your own into templates/strings/{language.lower()}.toml",
        )


def _table(kind: str, facts: Reader, language: str = "") -> Mapping[str, Any]:
    """The best table of a kind; there is always the English one."""
    for name in (*candidates(language), *candidates(facts["config:language"])):
        found: Mapping[str, Any] | None = facts.get(f"{kind}:{name}")
        if found is not None:
            return found
    english: Mapping[str, Any] = facts.get(f"{kind}:{FALLBACK}") or {}
    return english


def _form(words: str | Mapping[str, str], number: int | None, language: str) -> str:
    if isinstance(words, str):
        return words
    form = "other" if number is None else form_for(number, language)
    return words.get(form) or words["other"]
