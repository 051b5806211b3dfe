"""The files of `_data`, and `_config.yml`, as values that Liquid can ask for.

Each is read once for all posts, when it changes.
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from blog.diagnostics import Report, Span
from blog.engine import Reader
from blog.folders import Folder
from blog.frontmatter import Scalar, decode, load_value
from blog.snapshot import content_of

SUFFIXES = (".yml", ".yaml", ".json", ".csv", ".tsv")


def data_files(files: Iterable[str], folders: Iterable[Folder]) -> list[str]:
    """The files that Liquid may ask for, in their order."""
    homes = tuple(f.prefix for f in folders if f.dialect == "jekyll")
    settings = {f"{home}_config.yml" for home in homes}
    inside = tuple(f"{home}_data/" for home in homes)
    return [
        path
        for path in files
        if path in settings or (path.startswith(inside) and path.endswith(SUFFIXES))
    ]


def read_data(path: str, facts: Reader) -> object:
    """A step: what the file says; None, with the mistake told, if it cannot be read.

    It is a warning: most files of data are there for layouts, which are not used here.
    """
    report = Report()
    text = decode(path, content_of(facts[f"file:{path}"]), report)
    value = None if text is None else _value(path, text, report)
    is_told = path.endswith("_config.yml")
    facts.report.found += [
        replace(each, severity="warning") for each in report.found if not is_told
    ]
    return value


def _value(path: str, text: str, report: Report) -> object:
    if path.endswith(".json"):
        try:
            return frozen(json.loads(text))
        except (ValueError, RecursionError) as error:
            span = Span(path=path, line=getattr(error, "lineno", 0))
            report.warning("config-syntax", span, f"not valid JSON: {error}")
            return None
    if path.endswith((".csv", ".tsv")):
        sign = "," if path.endswith(".csv") else "\t"
        rows = csv.DictReader(text.splitlines(), delimiter=sign, restval="")
        return tuple(
            MappingProxyType({str(n): v for n, v in row.items() if isinstance(v, str)})
            for row in rows
        )
    return typed(load_value(path, text, report))


def frozen(value: object) -> object:
    """Lists as tuples and mappings read-only, however deep."""
    if isinstance(value, list):
        return tuple(frozen(each) for each in value)
    if isinstance(value, dict):
        return MappingProxyType({str(n): frozen(v) for n, v in value.items()})
    return value


def thawed(value: object) -> object:
    """Tuples as lists and mappings as dicts, however deep: as Liquid has them."""
    if isinstance(value, tuple):
        return [thawed(each) for each in value]
    if isinstance(value, Mapping):
        return {str(n): thawed(v) for n, v in value.items()}
    return value


_WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})")
_DECIMAL = re.compile(r"[-+]?\d{1,15}\.\d{1,15}")
_SAID = MappingProxyType(
    {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
)


def typed(value: object) -> object:
    """Scalars as YAML means them: numbers and booleans where they stand unquoted."""
    if isinstance(value, tuple):
        return tuple(typed(each) for each in value)
    if isinstance(value, Mapping):
        return MappingProxyType({str(n): typed(v) for n, v in value.items()})
    if not isinstance(value, str):
        return value
    if not getattr(value, "plain", True):
        return str(value)
    lower = value.lower()
    if lower in ("true", "false") or (isinstance(value, Scalar) and lower in _SAID):
        return _SAID[lower]
    if _WHOLE.fullmatch(value):
        return int(value)
    return float(value) if _DECIMAL.fullmatch(value) else str(value)
