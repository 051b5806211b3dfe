"""What pages say besides their author's own words, in the language of the site.

The words of a language lie in `templates/strings/`, as TOML: `frame` for what stands
around a text, `words` for what stands inside of one, `calendar` for dates. Each is a
kind of fact, by language: a new word of the frame makes no text stale.
"""

from blog.wording.reading import STRINGS, read_wording, tables_in
from blog.wording.saying import Wording, WordMissing, tell_untranslated, words_of

__all__ = [
    "STRINGS",
    "WordMissing",
    "Wording",
    "read_wording",
    "tables_in",
    "tell_untranslated",
    "words_of",
]
