"""Values as bytes and back: what the memo keeps, and what digests are taken of.

JSON, in which each of our own nouns carries its name. Reading it can make nothing but
those nouns, text, numbers, tuples and read-only mappings, whoever wrote the file.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from blog.digests import digest_of

_NAME = ""
"""The key under which a noun has its name; a mapping that has it is written apart."""
_MAPPING = "mapping"
_TIME = "time"
_DAY = "day"


class Codec:
    """Writes and reads values made of the given classes, which are dataclasses.

    What is read equals what was written, but for sequences, which are tuples then, and
    mappings, which are read-only.
    """

    def __init__(self, *classes: type) -> None:
        self._classes = {cls.__name__: cls for cls in classes}
        self._fields = {cls: tuple(_fields(cls)) for cls in classes}
        self._encoder = json.JSONEncoder(
            default=self._plain,
            ensure_ascii=False,
            check_circular=False,
            separators=(",", ":"),
        )
        self._decoder = json.JSONDecoder(object_hook=self._noun)

    def __reduce__(self) -> tuple[type["Codec"], tuple[type, ...]]:
        """Another process makes its own of the same classes."""
        return Codec, tuple(self._classes.values())

    def encode(self, value: object) -> bytes:
        """The value in bytes; bytes stay as they are.

        Equal values give equal bytes, if their mappings are in the same order. One that
        may have an empty name must be read-only. Raises TypeError for what is no value
        of ours.
        """
        if isinstance(value, bytes):
            return value
        return self._encoder.encode(value).encode(errors="surrogatepass")

    def decode(self, data: bytes) -> Any:
        """The value in `data`; raises ValueError or TypeError if there is none."""
        text = data.decode(errors="surrogatepass")
        return _frozen(self._decoder.decode(text))

    def digest(self, value: object) -> str:
        """Of the value in bytes."""
        return digest_of(self.encode(value))

    def _plain(self, value: Any) -> Any:
        """A noun or mapping as JSON can have it; what has its default is left out."""
        cls = value.__class__
        fields = self._fields.get(cls)
        if fields is not None:
            found = {_NAME: cls.__name__}
            for name, default in fields:
                each = getattr(value, name)
                if each != default:
                    found[name] = each
            return found
        if isinstance(value, datetime):
            return {_NAME: _TIME, "at": value.isoformat()}
        if isinstance(value, date):
            return {_NAME: _DAY, "at": value.isoformat()}
        if isinstance(value, Mapping):
            if _NAME not in value:
                return dict(value)
            return {_NAME: _MAPPING, "items": list(value.items())}
        raise TypeError(f"{cls.__name__} cannot be kept")

    def _noun(self, found: dict[str, Any]) -> Any:
        for name, value in found.items():
            if value.__class__ is list:
                found[name] = _frozen(value)
        kind = found.pop(_NAME, None)
        if kind is None:
            return MappingProxyType(found)
        if kind == _MAPPING:
            return MappingProxyType(dict(found.get("items", ())))
        if kind == _TIME:
            return datetime.fromisoformat(found.get("at", ""))
        if kind == _DAY:
            return date.fromisoformat(found.get("at", ""))
        if kind not in self._classes:
            raise ValueError(f"there is nothing called {kind!r}")
        return self._classes[kind](**found)


def _fields(cls: type) -> Iterable[tuple[str, object]]:
    """The fields of a dataclass with their defaults."""
    for field in fields(cls):
        if field.default_factory is not MISSING:
            yield field.name, field.default_factory()
        else:
            yield field.name, field.default


def _frozen(value: Any) -> Any:
    """Lists as tuples, however deep."""
    if value.__class__ is list:
        return tuple(_frozen(v) if v.__class__ is list else v for v in value)
    return value
