"""Names to parts of addresses, and which parts an address may have."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote


def slugify(text: str) -> str:
    """`text` as a native slug: `C++ & Café` gives `c-plus-plus-café`.

    NFKC, lower case; letters, marks and digits of any script stay. Signs alone become
    their Unicode names, so that the slug is empty only for empty text.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    named = re.sub(r"(?<=\w)(\++)(?!\w)", lambda m: "-plus" * len(m[1]), folded)
    named = re.sub(r"(?<=\w)#(?!\w)", "-sharp", named)
    named = re.sub(r"['’`]", "", named)
    return _hyphenated(named) or _hyphenated(
        " ".join(
            unicodedata.name(c, f"u{ord(c):x}") for c in folded if c.strip()
        ).lower()
    )


def _hyphenated(text: str) -> str:
    kept = (c if unicodedata.category(c)[0] in "LMN" else "-" for c in text)
    return re.sub("-+", "-", "".join(kept)).strip("-")


def kebab(label: str) -> str:
    """`label` as Docusaurus writes a tag's address, by lodash's `kebabCase`.

    `C++` gives `c`, `Node.js` `node-js`, `web3` `web-3`, `Café au lait` `cafe-au-lait`.
    """
    plain = "".join(_DEBURRED.get(c) or _base(c) for c in label)
    plain = re.sub(r"['’]", "", plain)
    return "-".join(_WORD.findall(plain)).lower()


_DEBURRED = {
    "ß": "ss", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l",
    "Ł": "L", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D",
}  # fmt: skip
_WORD = re.compile(
    r"\d*(?:1st|2nd|3rd|(?![123])\dth)(?=\b|[A-Z_])"
    r"|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+"
    r"|[^\W\d_A-Za-z]+"
)


def _base(character: str) -> str:
    """A Latin letter without its accents; other scripts stay whole."""
    first = unicodedata.normalize("NFD", character)[0]
    return first if first.isascii() and first.isalpha() else character


def heading_slug(text: str) -> str:
    """`text` as GitHub writes the id of a heading: `C++ & C#` gives `c--c`."""
    return _SIGN.sub(_mark, text.lower()).replace(" ", "-")


_SIGN = re.compile(r"[^a-z0-9_ -]")
_KEPT = frozenset(
    {"Ll", "Lu", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"},
)
"""Letters, their marks and digits; signs that are numbers, as `½`, go."""


def _mark(found: re.Match[str]) -> str:
    return found[0] if unicodedata.category(found[0]) in _KEPT else ""


_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_DEVICES = re.compile(rf"(?:^|/){_DEVICE.pattern}", re.IGNORECASE)
_PLAIN = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*(?:\.[a-z0-9]+)?")
"""Most paths; nothing can be wrong with them but a device, and that is asked apart."""


def fault_of(path: str) -> str:
    """Why `path` cannot be an address or a file, as a phrase; empty if it can.

    `path` is decoded and relative: no host may read one of its parts as anything else.
    """
    if len(path) < 240 and _PLAIN.fullmatch(path) and not _DEVICES.search(path):
        return ""
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in path):
        return "holds a control character"
    if re.search("[\u202a-\u202e\u2066-\u2069]", path):
        return "holds a sign that turns the direction of text"
    if "\\" in path or "%2f" in path.lower() or "%5c" in path.lower():
        return "holds a hidden slash"
    if len(path.encode()) > 1000:
        return "is longer than a path may be"
    return next((fault for part in path.split("/") if (fault := _fault(part))), "")


def _fault(part: str) -> str:
    if not part.strip():
        return "has an empty part"
    decoded = unquote(part)
    if decoded in (".", ".."):
        return "walks out of its folder"
    if "\0" in decoded:
        return "holds a control character"
    if part.startswith("."):
        return "has a part that begins with a dot, which hosts hide"
    if len(part.encode()) > 240:
        return "has a part of more than 240 bytes, too long for a file name"
    if _DEVICE.fullmatch(part):
        return f"holds {part!r}, which Windows keeps for a device"
    return ""


@lru_cache(maxsize=65_536)
def encoded(address: str) -> str:
    """A decoded address as it is written in HTML, feeds and sitemaps."""
    return quote(address, safe="/!$&'()*+,;=:@-._~")


def same_file(path: str) -> str:
    """A key that is equal for paths which some disk would take for one file."""
    return unicodedata.normalize("NFC", path).casefold()
