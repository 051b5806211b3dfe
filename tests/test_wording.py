"""The words of the frame: the site's language, dates, plurals, and words of one's own."""

import tomllib
from pathlib import Path

import pytest

from blog.engine import Facts, Reader
from blog.wording import words_of
from blog.wording.plurals import form_for
from conftest import A, B, built, changed, lines, output
from sites import head, texts, values, words

ROOT = Path(__file__).parent.parent
STRINGS = ROOT / "templates/strings"
LANGUAGES = ("de", "fr", "es", "ja", "ar")


def site(language: str, **files: str) -> dict[str, str]:
    """A site in a language with two posts of March 2026."""
    settings = (
        f'title = "T"\nbase_url = "https://example.org"\nlanguage = "{language}"\n'
    )
    posts = {
        A: head(day="2026-03-14", tags="[x]", updated="2026-04-01"),
        B: head(title="B", day="2026-03-01"),
    }
    return output({"site.toml": settings, **posts, **files}, future=True)


def tables(language: str) -> dict[str, dict[str, object]]:
    """The packaged file of a language."""
    return tomllib.loads((STRINGS / f"{language}.toml").read_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_packaged_language_says_everything_that_english_does(language: str):
    english, other = tables("en"), tables(language)
    for table in ("frame", "words"):
        assert list(other[table]) == list(english[table])


def test_a_german_site_is_german_from_the_first_link_to_the_last():
    made = site("de")
    post = made["blog/a/index.html"]
    assert values(post, "html", "lang") == ["de"]
    assert texts(post, ".skip, .top li, .post-head .meta > *") == [
        *("Zum Inhalt", "Texte", "Themen", "Archiv"),
        *("←Alle Beiträge", "14. März 2026", "1 Min. Lesezeit"),
        "Aktualisiert am1. Apr. 2026",
    ]
    assert texts(post, ".pager a") == ["← ÄlterB"]
    assert texts(made["archive/index.html"], "h1, .lede, .date") == [
        *("Archiv", "2 Beiträge seit März 2026."),
        *("14. März", "1. März"),
    ]
    assert texts(made["blog/index.html"], "title") == ["Texte · T"]
    assert "Nothing" not in made["404.html"]


@pytest.mark.parametrize(
    ("language", "day", "since"),
    [
        ("en", "14 Mar 2026", "2 posts since March 2026."),
        ("en-US", "Mar 14, 2026", "2 posts since March 2026."),
        ("de-AT", "14. März 2026", "2 Beiträge seit März 2026."),
        ("fr", "14 mars 2026", "2 articles depuis mars 2026."),
        ("es", "14 mar 2026", "2 artículos desde marzo de 2026."),
        ("ja", "2026年3月14日", "2026年3月から2件の記事"),
        ("ar", "14 مارس 2026", "مقالان منذ مارس 2026."),
        ("ar-EG", "١٤ مارس ٢٠٢٦", "مقالان منذ مارس ٢٠٢٦."),
    ],
)
def test_dates_and_numbers_are_those_of_the_language(
    language: str, day: str, since: str
):
    made = site(language)
    time = "time.dt-published"
    assert texts(made["blog/a/index.html"], time) == [day]
    assert words(made["archive/index.html"], ".lede") == since
    machine = values(made["blog/a/index.html"], time, "datetime")
    assert machine == ["2026-03-14T00:00:00+00:00"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {0: "other", 1: "one", 2: "other"}),
        ("fr", {0: "one", 1: "one", 2: "other"}),
        ("ja", {0: "other", 1: "other"}),
        ("ar", {0: "zero", 1: "one", 2: "two", 3: "few", 110: "few"}),
        ("ar-EG", {11: "many", 99: "many", 100: "other", 102: "other", 111: "many"}),
        ("ru", {1: "one", 2: "few", 5: "many", 11: "many", 12: "many", 21: "one"}),
        ("pl", {1: "one", 2: "few", 12: "many", 21: "many", 22: "few"}),
        ("cs", {1: "one", 4: "few", 5: "other"}),
    ],
)
def test_a_number_has_the_form_that_its_language_gives_it(
    language: str, forms: dict[int, str]
):
    assert {n: form_for(n, language) for n in forms} == forms


def test_a_site_that_is_read_from_the_right_says_so_and_turns_its_arrows():
    made = site("ar")
    assert values(made["index.html"], "html", "dir") == ["rtl"]
    assert texts(made["blog/a/index.html"], ".back") == ["→كل المقالات"]


def test_a_post_in_another_language_stands_in_a_frame_that_keeps_its_own():
    made = site("de", **{A: head(day="2026-03-14", lang="ar")})
    post = made["blog/a/index.html"]
    assert values(post, "html, h1, .prose", "lang") == ["de", "ar", "ar"]
    assert values(post, "html, h1, .prose", "dir") == ["ltr", "rtl", "rtl"]
    assert texts(post, ".dt-published") == ["14. März 2026"]


def test_a_word_of_the_site_replaces_one_of_the_theme_and_no_other():
    own = '[frame]\nolder = "Davor"\n[calendar]\nday = "{day}.{m}.{year}"\n'
    post = site("de", **{"templates/strings/de.toml": own})["blog/a/index.html"]
    assert texts(post, ".pager a, .dt-published, .skip") == [
        *("Zum Inhalt", "14.3.2026", "← DavorB"),
    ]


def test_a_site_may_have_words_of_its_own():
    made = site(
        "de",
        **{
            "templates/strings/de.toml": '[frame]\nhello = "Hallo {who}"\n',
            "templates/404.html": '{{ say("hello", who="<Anna>") }}',
        },
    )
    assert made["404.html"] == "Hallo &lt;Anna&gt;"


def test_another_language_is_a_file_of_its_own():
    whole = (STRINGS / "de.toml").read_text().replace("Zum Inhalt", "Naar de tekst")
    made = site("nl-BE", **{"templates/strings/nl.toml": whole})
    assert texts(made["index.html"], ".skip") == ["Naar de tekst"]


def test_a_word_that_does_not_exist_is_told_in_the_template():
    files = {A: head(), "templates/404.html": '{{ say("oldr") }}'}
    assert lines(built(files)) == [
        "templates/404.html:1: error: there are no words called 'oldr'"
        " [template-undefined]",
        '  1 | {{ say("oldr") }}',
        "    | did you mean 'older'?",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[frame\n", "not valid TOML"),
        ("[frame]\nolder = 1\n", "'older' must be text"),
        ('[frame]\nolder = "{"\n', "'older' has a brace that does not close"),
        ('[frame]\nolder = "{n}"\n', "'older' cannot hold {n}"),
        ('[frame]\nposts = { one = "{n}" }\n', "'posts' may have the forms"),
        ('[frame]\nposts = { other = "{m}" }\n', "'posts' cannot hold {m}"),
        ('[calendar]\nday = "{hour}"\n', "'day' cannot hold {hour}"),
        ('[calendar]\nmonths = ["a"]\n', "'months' must be a list of 12 names"),
        ('[calendar]\ndigits = "12"\n', "'digits' must be ten digits"),
    ],
)
def test_a_mistake_in_a_file_of_words_is_told(text: str, told: str):
    result = built({A: head(), "templates/strings/en.toml": text})
    (found,) = result.diagnostics
    assert (found.span.path, found.severity) == ("templates/strings/en.toml", "error")
    assert found.message.startswith(told)


def test_a_new_word_for_the_frame_makes_no_text_stale():
    from blog.memo import Memo

    memo = Memo()
    before = built({A: head()}, memo=memo)
    memo.computed.clear()
    own = {"templates/strings/en.toml": '[frame]\nskip = "To the text"\n'}
    after = built({A: head(), **own}, memo=memo)
    steps = {step for step, _ in memo.computed}
    assert steps == {"frame", "sorted", "outline", "page"}
    assert "blog/a/index.html" in changed(before, after)


class Known(Facts):
    """Facts out of a dict."""

    def __init__(self, facts: dict[str, object]) -> None:
        self.known = facts

    def get(self, kind: str, name: str) -> object:
        return self.known.get(f"{kind}:{name}")


@pytest.mark.parametrize(
    ("language", "note"),
    [("", "Hinweis"), ("fr", "Note"), ("fr-CA", "Note"), ("xx", "Hinweis")],
)
def test_words_inside_of_a_text_are_in_its_language_else_in_that_of_the_site(
    language: str, note: str
):
    known = Known(
        {
            "config:language": "de",
            "words:de": {"note": "Hinweis"},
            "words:fr": {"note": "Note"},
        }
    )
    assert words_of(language, Reader(known))["note"] == note
