"""Feeds of sites that come from elsewhere: same identities, same addresses."""

import feedparser

from conftest import output
from sites import head, ids

SETTINGS = 'title = "Test"\nbase_url = "https://example.org"\n'
SYSTEMS = """\
[[content]]
path = "blog"
dialect = "docusaurus"
[[content]]
path = "old"
dialect = "jekyll"
base = "/old/"
"""


def test_posts_keep_the_identity_that_their_system_gave_them():
    site = output(
        {
            "site.toml": SETTINGS + SYSTEMS,
            "blog/2024-01-02-x.md": head(day=""),
            "old/_posts/2024-01-01-y.md": head(day=""),
        }
    )
    assert ids(site) == [
        "https://example.org/blog/2024/01/02/x",
        "https://example.org/2024/01/01/y",
    ]
    assert 'isPermaLink="false">https://example.org/2024/01/01/y<' in site["rss.xml"]


def test_a_moved_jekyll_blog_keeps_the_host_in_its_identities():
    site = output(
        {
            "site.toml": SETTINGS + SYSTEMS,
            "blog/2024-01-02-x.md": head(day=""),
            "old/_posts/2024-01-01-y.md": head(day=""),
            "old/_config.yml": "url: https://old.example.net\n",
        }
    )
    assert ids(site)[1] == "https://old.example.net/2024/01/01/y"


def test_feeds_lie_where_the_other_systems_have_them_too():
    site = output(
        {
            "site.toml": SETTINGS + SYSTEMS,
            "blog/2024-01-02-x.md": head("X", ""),
            "old/_posts/2024-01-01-y.md": head("Y", ""),
        }
    )
    titles = {
        path: [entry.title for entry in feedparser.parse(text).entries]
        for path, text in site.items()
        if path.endswith(".xml") and path != "sitemap.xml"
    }
    assert titles == {
        "atom.xml": ["X", "Y"],
        "blog/atom.xml": ["X"],
        "blog/rss.xml": ["X"],
        "feed.xml": ["Y"],
        "rss.xml": ["X", "Y"],
    }


def test_jekylls_feed_is_there_when_its_posts_share_a_list_with_others():
    site = output(
        {
            "site.toml": SETTINGS + SYSTEMS.replace('base = "/old/"\n', ""),
            "blog/2024-01-02-x.md": head("X", ""),
            "old/_posts/2024-01-01-y.md": head("Y", ""),
        }
    )
    assert [e.title for e in feedparser.parse(site["feed.xml"]).entries] == ["Y"]


def test_posts_without_a_date_are_in_no_feed():
    blog = '[[content]]\npath = "blog"\ndialect = "docusaurus"\n'
    files = {"site.toml": SETTINGS + blog, "blog/x.md": head("X", "")}
    files["blog/2024-01-02-y.md"] = head("Y", "", tags="[z]")
    site = output({**files, "blog/w.md": head("W", "", tags="[z]")})
    for path in ("feed.json", "blog/feed.json", "tags/z/feed.json"):
        assert ids(site, path) == ["https://example.org/blog/2024/01/02/y"]
