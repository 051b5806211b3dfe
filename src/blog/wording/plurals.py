"""Which form of a noun stands by a whole number: the rules of Unicode's CLDR.

https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

FORMS = ("zero", "one", "two", "few", "many", "other")
"""Every form a language may have; all have `other`."""


def form_for(number: int, language: str) -> str:
    """The form that the language (`pt-BR`) has for a number; one of `FORMS`."""
    return _RULES.get(language.split("-")[0].lower(), _one)(number)


def _one(n: int) -> str:
    return "one" if n == 1 else "other"


def _none(_: int) -> str:
    return "other"


def _one_and_nothing(n: int) -> str:
    return "one" if n in (0, 1) else "other"


def _arabic(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    rest = n % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def _slavic(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if _is_few(n) else "many"


def _polish(n: int) -> str:
    if n == 1:
        return "one"
    return "few" if _is_few(n) else "many"


def _is_few(n: int) -> bool:
    return 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14


def _czech(n: int) -> str:
    return "one" if n == 1 else "few" if 2 <= n <= 4 else "other"


_RULES: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        **dict.fromkeys(("ja", "zh", "ko", "vi", "th", "id", "ms"), _none),
        **dict.fromkeys(("fr", "pt", "hy"), _one_and_nothing),
        **dict.fromkeys(("ru", "uk", "be"), _slavic),
        **dict.fromkeys(("cs", "sk"), _czech),
        "ar": _arabic,
        "pl": _polish,
    }
)
"""By language; all others have one form for 1 and one for the rest."""
