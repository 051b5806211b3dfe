"""Mistakes in `site.toml`: all of them at once, each at its line."""

import pytest

from blog.config import Config, read_config
from blog.diagnostics import Report, plain
from conftest import SITE

LEAST = SITE["site.toml"]


def config(text: str, *, base_url: str = "") -> Config:
    """The configuration in `text`, which must be usable."""
    report = Report()
    found = read_config(text, report, base_url=base_url)
    assert found is not None, "\n".join(plain(d) for d in report.found)
    return found


def told(text: str, *, base_url: str = "") -> list[tuple[str, int, str, str]]:
    """Severity, line, message and hint of all that is said about `text`."""
    report = Report()
    found = read_config(text, report, base_url=base_url)
    assert (found is None) == any(d.severity == "error" for d in report.found)
    return [(d.severity, d.span.line, d.message, d.hint) for d in report.found]


@pytest.mark.parametrize(
    "address",
    ["example.org", "/blog", "", "ftp://example.org", "https://", "https:example.org"],
)
def test_an_address_must_be_absolute(address):
    assert told(f'title = "T"\nbase_url = "{address}"') == [
        (
            "error",
            2,
            f"'base_url' is not an absolute address: {address!r}",
            'write it like "https://example.org"',
        )
    ]


@pytest.mark.parametrize(
    "address", ["https://[::1", "https://example.org:port", "https://exa mple.org"]
)
def test_an_address_that_is_none_is_told(address):
    found = told(f'title = "T"\nbase_url = "{address}"')
    assert [(severity, line) for severity, line, *_ in found] == [("error", 2)]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Oslo", "America/St_Johns"])
def test_a_time_zone_has_a_name_of_the_zone_database(zone):
    assert config(f'{LEAST}timezone = "{zone}"').timezone == zone


@pytest.mark.parametrize(
    "zone", ["Oslo", "+02:00", "../../etc/passwd", "/etc", "a\\u0000b"]
)
def test_any_other_time_zone_is_told(zone):
    found = told(f'{LEAST}timezone = "{zone}"')
    assert [(severity, line) for severity, line, *_ in found] == [("error", 3)]


def test_an_empty_time_zone_is_told():
    found = told(f'{LEAST}timezone = ""')
    assert [(severity, line) for severity, line, *_ in found] == [("error", 3)]


@pytest.mark.parametrize(
    "permalink",
    ["/{slug}/", "/{path}/", "/{year}/{month}/{day}/{slug}/", "/notes/{slug}.html"],
)
def test_a_permalink_tells_posts_apart(permalink):
    found = config(f'{LEAST}[[content]]\npermalink = "{permalink}"')
    assert found.content[0].permalink == permalink


@pytest.mark.parametrize(
    "permalink", ["/blog/", "/{year}/", "/{slug}/{titel}/", "/{}/"]
)
def test_any_other_permalink_is_told(permalink):
    found = told(f'{LEAST}[[content]]\npermalink = "{permalink}"')
    assert [(severity, line) for severity, line, *_ in found] == [("error", 4)]


def test_jekyll_has_permalinks_of_its_own():
    text = f'{LEAST}[[content]]\ndialect = "jekyll"\npermalink = "pretty"'
    assert config(text).content[0].permalink == "pretty"


@pytest.mark.parametrize("path", ["../notes", "/notes", "a/../../b"])
def test_a_content_folder_lies_in_the_site(path):
    assert told(f'{LEAST}[[content]]\npath = "{path}"') == [
        (
            "error",
            4,
            f"{path!r} is not a folder of the site",
            "give the path from the folder of site.toml",
        )
    ]


@pytest.mark.parametrize("again", ["notes", "notes/", "notes//", "./notes"])
def test_a_content_folder_has_one_entry(again):
    text = f'{LEAST}[[content]]\npath = "notes"\n[[content]]\npath = "{again}"'
    assert told(text) == [
        (
            "error",
            6,
            f"two [[content]] entries have the path {again!r}",
            "give every folder one entry",
        )
    ]


def test_all_mistakes_are_told_at_once():
    text = (
        f'{LEAST}titel = "x"\n[author]\nnmae = "Ada"\n[feeds]\nitems = "all"\n'
        '[[content]]\ndialekt = "native"\n[[content]]\nper_page = []\n'
    )
    found = told(text)
    assert sorted(
        (line, message.partition(":")[0], hint) for _, line, message, hint in found
    ) == [
        (3, "unknown key 'titel'", "did you mean 'title'?"),
        (5, "unknown key 'author.nmae'", "did you mean 'name'?"),
        (7, "'feeds.items' is not usable", ""),
        (9, "unknown key 'content.dialekt'", "did you mean 'dialect'?"),
        (11, "'content.per_page' is not usable", ""),
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n# a comment\n\n"])
def test_a_mistake_in_a_table_is_found_whatever_stands_before_the_table(gap):
    found = told(f'{LEAST}{gap}[author]\nnmae = "Ada"')
    assert [line for _, line, *_ in found] == [3 + gap.count("\n") + 1]


def test_a_key_is_found_in_its_own_table():
    text = 'title = "T"\nbase_url = "https://e.org"\n[author]\nname = "A"\n[cards]\nname = "x"\n'
    assert [line for _, line, *_ in told(text)] == [6]


@pytest.mark.parametrize(
    "line",
    ['author.nmae = "Ada"', 'author = { nmae = "Ada" }', '"author".nmae = "Ada"'],
)
def test_a_table_on_one_line_is_found(line):
    assert told(f"{LEAST}{line}") == [
        ("error", 3, "unknown key 'author.nmae'", "did you mean 'name'?")
    ]


@pytest.mark.parametrize("value", ["5", "true", "[]", "{}", "2024-01-31"])
def test_text_must_be_text(value):
    found = told(f'title = {value}\nbase_url = "https://example.org"')
    assert [(severity, line) for severity, line, *_ in found] == [("error", 1)]


@pytest.mark.parametrize(
    "table",
    ['[extensions]\nfilters = ["a:b"]'],
)  # fmt: skip
def test_a_table_without_effect_is_told(table):
    name = table.partition("\n")[0]
    assert told(f"{LEAST}{table}") == [
        ("warning", 3, f"{name} has no effect in this version", "")
    ]


@pytest.mark.parametrize("table", ["[markdown]\nemoji = false", "[images]", "[cards]"])
def test_a_table_that_says_what_is_so_anyway_is_not_told(table):
    assert told(f"{LEAST}{table}") == []
