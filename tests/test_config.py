"""`site.toml`: every key and its default."""

import dataclasses
from pathlib import Path

import pytest

from blog.config import Config, read_config
from blog.diagnostics import Report, plain
from conftest import SITE, said

LEAST = SITE["site.toml"]

EVERYTHING = (Path(__file__).parent / "cases/config/everything.toml").read_text()

DEFAULTS = {
    "title": "Test",
    "base_url": "https://example.org",
    "description": "",
    "language": "en",
    "timezone": "UTC",
    "author": {
        "name": "",
        "role": "",
        "location": "",
        "email": "",
        "photo": "",
        "links": (),
    },
    "nav": (),
    "projects": (),
    "content": (
        {
            "path": "content/posts",
            "dialect": "native",
            "base": "/blog/",
            "permalink": "",
            "trailing_slash": None,
            "timezone": "",
            "excerpt_separator": None,
            "per_page": 10,
        },
    ),
    "tags": {},
    "feeds": {
        "formats": ("rss", "atom", "json"),
        "items": 20,
        "content": "full",
        "per_tag": True,
    },
    "checks": {
        "links": "error",
        "anchors": "error",
        "images": "error",
        "alt": "warning",
    },
    "markdown": {
        "smart": True,
        "emoji": False,
        "math": True,
        "diagrams": {},
        "embeds": "direct",
    },
    "images": {"widths": (480, 960, 1440), "formats": ("avif", "webp")},
    "cards": {"enabled": True, "font": ""},
    "theme": {
        "hue": 262,
        "text": "serif",
        "font": "",
        "contents": 3,
        "progress": True,
        "search": "titles",
        "prefetch": "moderate",
        "copy_button": True,
        "switch": True,
    },
    "subscribe": {"email": ""},
    "comments": {
        "kind": "",
        "repo": "",
        "repo_id": "",
        "category": "",
        "category_id": "",
    },
    "budget": {"page": 0, "script": 0},
    "serve": {"port": 8000, "editor": ""},
    "deploy": {},
    "extensions": {"markdown": (), "filters": (), "pages": (), "targets": ()},
}


def config(text: str, *, base_url: str = "") -> Config:
    """The configuration in `text`, which must be usable."""
    report = Report()
    found = read_config(text, report, base_url=base_url)
    assert found is not None, "\n".join(plain(d) for d in report.found)
    return found


def leaves(value: object) -> list[object]:
    """All values of a nested structure that hold no others."""
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, (tuple, list)) and value:
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value]


def test_a_site_needs_a_title_and_an_address_and_all_else_has_a_default():
    assert dataclasses.asdict(config(LEAST)) == DEFAULTS


def test_every_key_is_accepted():
    found = dataclasses.asdict(config(EVERYTHING))
    assert found.keys() == DEFAULTS.keys()
    assert [key for key in found if found[key] == DEFAULTS[key]] == []
    assert found["content"] == (
        {
            "path": "notes",
            "dialect": "docusaurus",
            "base": "/notes/",
            "permalink": "/notes/{slug}/",
            "trailing_slash": False,
            "timezone": "Asia/Tokyo",
            "excerpt_separator": "<!-- more -->",
            "per_page": 5,
        },
    )
    assert found["author"]["links"] == (
        {"name": "Code", "url": "https://code.example", "me": True},
    )
    assert found["deploy"] == {
        "home": {"kind": "ssh", "host": "example.org", "path": "/srv/www"}
    }


def test_every_value_is_kept():
    found = dataclasses.asdict(config(EVERYTHING))
    del found["deploy"]  # it has keys of its own
    assert "" not in leaves(found)
    for name in ("feeds", "checks", "markdown", "images", "cards", "theme"):
        same = [k for k, v in found[name].items() if v == DEFAULTS[name][k]]
        assert (name, same) == (name, [])


def test_a_content_entry_replaces_the_default_one():
    found = config(f'{LEAST}[[content]]\npath = "notes"\n')
    assert [content.path for content in found.content] == ["notes"]


def test_the_path_of_the_address_prefixes_links_and_its_rest_is_the_origin():
    found = config('title = "T"\nbase_url = "https://example.org:8080/notes/"')
    assert (found.origin, found.base_path) == ("https://example.org:8080", "/notes")


@pytest.mark.parametrize("slash", ["", "/"])
def test_an_address_without_a_path_prefixes_nothing(slash):
    found = config(f'title = "T"\nbase_url = "https://example.org{slash}"')
    assert (found.origin, found.base_path) == ("https://example.org", "")


def test_an_address_given_with_the_call_replaces_the_one_in_the_file():
    found = config(LEAST, base_url="https://preview.example/42")
    assert found.base_url == "https://preview.example/42"


def test_an_address_given_with_the_call_will_do_where_the_file_has_none():
    assert config('title = "T"', base_url="https://e.org").base_url == "https://e.org"


def test_a_mark_that_windows_editors_put_first_is_no_mistake():
    assert said({"site.toml": f"\ufeff{LEAST}"}) == ""
