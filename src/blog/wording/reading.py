"""Files of `templates/strings/` to tables of words, with the mistakes in them.

A language is laid over the more general one and that over English, and the site's own
file over the packaged one, word by word; what a file leaves out is said all the same.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from string import Formatter
from types import MappingProxyType
from typing import Any

from blog.config import locate, toml_fault
from blog.diagnostics import Report, Span, suggest
from blog.engine import Reader
from blog.frontmatter import decode
from blog.snapshot import content_of
from blog.wording.plurals import FORMS

STRINGS = "templates/strings/"
FALLBACK = "en"
KINDS = ("frame", "words", "calendar")
"""The tables of a file, each a kind of fact."""

Tables = Mapping[str, Mapping[str, Any]]
_NO_TABLES: Tables = MappingProxyType({})


def tables_in(files: Iterable[str], theme: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The facts to read for each language (`pt-br`), the packaged file first."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, paths in (("theme", theme), ("file", files)):
        for path in sorted(paths):
            if path.startswith(STRINGS) and path.endswith(".toml"):
                name = PurePosixPath(path).stem.lower()
                found[name] = (*found.get(name, ()), f"{kind}:{path}")
    return found


def candidates(language: str) -> tuple[str, ...]:
    """The names under which the words of a language may lie, the nearest first."""
    parts = language.lower().split("-") if language else []
    return tuple("-".join(parts[:n]) for n in range(len(parts), 0, -1))


def read_wording(name: str, facts: Reader) -> tuple[Any, ...]:
    """A step: the tables of the language `name`, whole, in the order of `KINDS`."""
    known: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    given: set[tuple[str, str]] = set()
    own = ""
    for language in dict.fromkeys((FALLBACK, *reversed(candidates(name)))):
        for fact in facts.get(f"table:{language}") or ():
            kind, _, path = fact.partition(":")
            if language == FALLBACK != name and kind == "file":
                continue
            tables = _sound(facts, fact, known)
            for table, words in tables.items():
                known[table].update(words)
                if language != FALLBACK:
                    given.update((table, word) for word in words)
            own = path if kind == "file" and language == name else own
    if own and candidates(name)[-1] != FALLBACK:
        _tell_missing(own, known, given, facts.report)
    return tuple(known[kind] for kind in KINDS)


def _tell_missing(
    path: str, known: Tables, given: set[tuple[str, str]], report: Report
) -> None:
    missing = [
        word
        for kind in KINDS
        for word, english in known[kind].items()
        if (kind, word) not in given and _has_letters(english)
    ]
    if missing:
        some = ", ".join(repr(word) for word in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        report.warning(
            "untranslated",
            Span(path=path),
            f"{some}{more} {'is' if len(missing) == 1 else 'are'} not translated",
            hint="what is missing is said in English",
        )


def _has_letters(words: object) -> bool:
    """Whether there is anything to translate; arrows and digits are the same to all."""
    return bool(re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", str(words))))


def _sound(facts: Reader, fact: str, known: Tables) -> dict[str, dict[str, Any]]:
    """What can be used of a file; mistakes are told."""
    kind, _, path = fact.partition(":")
    text = decode(path, content_of(facts[fact]), facts.report)
    raw, fault = _parsed(text or "")
    if fault:
        line, column, message = fault
        span = Span(path=path, line=line, column=column)
        facts.report.error("config-syntax", span, f"not valid TOML: {message}")
    if kind == "theme":
        return {kind: _frozen(raw[kind]) for kind in KINDS if kind in raw}
    file = _File(path=path, text=text or "", known=known, report=facts.report)
    made = {kind: dict(file.words(kind, raw[kind])) for kind in KINDS if kind in raw}
    return {kind: _frozen(words) for kind, words in made.items()}


def _frozen(words: Mapping[str, Any]) -> dict[str, Any]:
    """With lists as tuples, which facts are made of."""
    return {n: tuple(v) if isinstance(v, list) else v for n, v in words.items()}


@lru_cache(maxsize=32)
def _parsed(text: str) -> tuple[Mapping[str, Any], tuple[int, int, str] | None]:
    """The tables of a file, or why there are none."""
    try:
        return tomllib.loads(text), None
    except (ValueError, RecursionError) as error:
        return _NO_TABLES, toml_fault(text, error)


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file of words, while its values are looked at."""

    path: str
    text: str
    known: Tables
    """What is laid under it: says what each word may hold."""
    report: Report

    def words(self, kind: str, table: object) -> Iterator[tuple[str, Any]]:
        """Each name with its words, if they can be used."""
        for name, value in table.items() if isinstance(table, dict) else ():
            before = self.known[kind].get(name)
            if before is None and (hint := suggest(name, self.known[kind])):
                span = locate(self.text, (kind, name), self.path)
                message = f"there are no words called {name!r}"
                self.report.warning("config-key", span, message, hint=hint)
            elif fault := _fault(value, before, kind):
                span = locate(self.text, (kind, name), self.path)
                message = f"{name!r} {fault}"
                self.report.error("config-value", span, message)
            else:
                yield name, value


def _fault(value: object, before: object, kind: str) -> str:
    """Why this cannot be said in the place of `before`; empty if it can."""
    if isinstance(before, tuple):
        return "" if _is_year(value) else "must be a list of 12 names"
    if isinstance(value, dict):
        if set(value) - set(FORMS) or "other" not in value:
            return f"may have the forms {', '.join(FORMS)}, and must have the last"
        faults = (_fault(each, before, kind) for each in value.values())
        return next(filter(None, faults), "")
    if not isinstance(value, str):
        return "must be text"
    if before == _DIGITS:
        return "" if len(value) == 10 else "must be ten digits"
    return _fault_of_places(value, _DATE if kind == "calendar" else _places(before))


def _is_year(value: object) -> bool:
    is_list = isinstance(value, list) and all(isinstance(v, str) for v in value)
    return is_list and len(value) == 12  # type: ignore[arg-type]


_DIGITS = "0123456789"
_DATE = frozenset({"day", "month", "mon", "m", "year"})
"""What a pattern of dates may hold."""


def _fault_of_places(value: str, allowed: frozenset[str] | None) -> str:
    """Whether the text can be filled in; words of the site's own may hold anything."""
    used = _places(value)
    if used is None:
        return "has a brace that does not close"
    unknown = sorted(used - allowed) if allowed is not None else ()
    return f"cannot hold {{{unknown[0]}}}" if unknown else ""


def _places(words: object) -> frozenset[str] | None:
    """The names in braces; None if there are no words, or their braces do not fit."""
    if isinstance(words, dict):
        return frozenset().union(*(_places(each) or () for each in words.values()))
    if not isinstance(words, str):
        return None
    try:
        names = [name for _, name, *_ in Formatter().parse(words) if name is not None]
    except ValueError:
        return None
    return frozenset(names)
