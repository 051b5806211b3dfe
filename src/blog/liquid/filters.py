"""The filters of Jekyll for text, addresses and dates, as Jekyll has them."""

import html
import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from unicodedata import category, normalize
from urllib.parse import quote, quote_plus

from liquid.filter import with_context

from blog.liquid import times
from blog.liquid.running import LONGEST, Context, Exhausted, Refused, weight


def text(value: object) -> str:
    """A value as Liquid prints it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def relative_url(value: object) -> str:
    """The address from the root of the site, without the base path: links of a post
    get it when they are resolved."""
    written = text(value)
    if re.match(r"[A-Za-z][\w+.-]*:|//", written):
        return written
    return f"/{written.lstrip('/')}"


@with_context
def absolute_url(value: object, *, context: Context) -> str:
    """The whole address; it becomes one from the root where it leads into the site."""
    written = relative_url(value)
    if not written.startswith("/") or written.startswith("//"):
        return written
    return f"{context.run.home}{written}"


def strip_index(value: object) -> str:
    """The address of a folder without its `index.html`."""
    return re.sub(r"/index\.html?\Z", "/", text(value))


def slugify(value: object, mode: object = "default") -> str:
    """Jekyll's slug, in its modes `none raw default pretty ascii latin`."""
    written, kind = text(value), text(mode) or "default"
    if kind == "none":
        return written.lower()
    kept = {"pretty": "._~!$&'()+,;=@"}.get(kind, "")
    if kind == "raw":
        return re.sub(r"\s+", "-", written).lower()

    def stays(sign: str) -> bool:
        is_word = category(sign)[0] in "LMN"
        return sign in kept or (is_word and (kind not in ("ascii",) or sign.isascii()))

    signs = "".join(sign if stays(sign) else "-" for sign in _latin(written, kind))
    return re.sub("-+", "-", signs).strip("-").lower()


def _latin(written: str, kind: str) -> str:
    if kind != "latin":
        return written
    plain = normalize("NFKD", written)
    return "".join(sign for sign in plain if category(sign)[0] != "M")


@with_context
def markdownify(value: object, *, context: Context) -> str:
    """Markdown to HTML."""
    return context.run.to_html(text(value))


def smartify(value: object) -> str:
    """Text whose quotes are left as they are: Markdown bends them later."""
    return text(value)


def jsonify(value: object) -> str:
    """The value as JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple, range)):
        return [_plain(each) for each in value]
    return value if isinstance(value, (str, int, float, type(None))) else text(value)


def cgi_escape(value: object) -> str:
    """For a query: spaces become plus signs."""
    return quote_plus(text(value), safe="*-._")


def uri_escape(value: object) -> str:
    """For an address as a whole: its own signs stay."""
    return quote(text(value), safe="!#$&'()*+,/:;=?@[]-._~%")


def xml_escape(value: object) -> str:
    """Signs of HTML and XML as entities."""
    return html.escape(text(value)).replace("&#x27;", "&#39;")


def number_of_words(value: object, mode: object = None) -> int:
    """Words; with `"cjk"` or `"auto"` each Chinese or Japanese sign is one, too."""
    written = text(value)
    found = len(_CJK.findall(written)) if mode in ("cjk", "auto") else 0
    return found + len((_CJK.sub(" ", written) if found else written).split())


_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def normalize_whitespace(value: object) -> str:
    """One space for each run of white space."""
    return " ".join(text(value).split())


def array_to_sentence_string(value: object, connector: object = "and") -> str:
    """`one, two, and three`."""
    words = [text(each) for each in value] if isinstance(value, (list, tuple)) else []
    if len(words) < 3:
        return f" {connector} ".join(words)
    return f"{', '.join(words[:-1])}, {connector} {words[-1]}"


def to_integer(value: object) -> int:
    """The whole number at the beginning of a text; 0 if there is none."""
    if isinstance(value, bool):
        return int(value)
    found = re.match(r"\s*[-+]?\d{1,15}", text(value))
    return int(found[0]) if found else 0


def inspect(value: object) -> str:
    """The value for the eyes of an author, safe in HTML."""
    return html.escape(jsonify(value))


def refused(name: str) -> Callable[..., object]:
    """A filter that a build cannot have."""

    def refuse(*_: object) -> object:
        raise Refused(f"the filter {name!r} is not here", "write its result")

    return refuse


TEXTS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "absolute_url": absolute_url,
        "array_to_sentence_string": array_to_sentence_string,
        "cgi_escape": cgi_escape,
        "date": times.date,
        "date_to_long_string": times.to_long_string,
        "date_to_rfc822": times.to_rfc822,
        "date_to_string": times.to_string,
        "date_to_xmlschema": times.to_xmlschema,
        "inspect": inspect,
        "jsonify": jsonify,
        "markdownify": markdownify,
        "normalize_whitespace": normalize_whitespace,
        "number_of_words": number_of_words,
        "relative_url": relative_url,
        "sample": refused("sample"),
        "sassify": refused("sassify"),
        "scssify": refused("scssify"),
        "slugify": slugify,
        "smartify": smartify,
        "strip_index": strip_index,
        "to_integer": to_integer,
        "uri_escape": uri_escape,
        "xml_escape": xml_escape,
    }
)
"""Filters by name; they win over those of Liquid."""

_LARGEST = 10**30


def limited(name: str, inner: Callable[..., Any]) -> Callable[..., object]:
    """A filter that takes and gives no more than a post may hold."""
    passes = getattr(inner, "with_context", False)
    takes_environment = getattr(inner, "with_environment", False)

    @with_context
    def outer(value: object, *args: Any, context: Context, **named: Any) -> object:
        sizes = [weight(each) for each in (value, *args)]
        context.run.spend(sum(sizes) // 500)
        numbers = (each for each in (value, *args) if isinstance(each, int))
        if any(abs(number) > _LARGEST for number in numbers):
            raise Exhausted
        # What replaces may be longer than what it replaces, at every sign.
        if name in _REPEATING and sizes[0] * max(sizes[1:], default=1) > 50_000_000:
            raise Exhausted
        if passes:
            named["context"] = context
        if takes_environment:
            named["environment"] = context.env
        result = inner(value, *args, **named)
        size = weight(result)
        if size > LONGEST:
            raise Exhausted
        context.run.spend(size // 500)
        return result

    return outer


_REPEATING = frozenset({"replace", "join", "replace_first", "replace_last"})
