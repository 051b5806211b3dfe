"""The flow as a whole."""

from blog.build import build
from conftest import POST, A, B, output
from disk import TOML, taken, write


def test_one_post_makes_a_page_a_list_feeds_and_a_sitemap():
    site = output({A: POST})
    assert '<h1 class="p-name">A post</h1>' in site["blog/a/index.html"]
    assert "https://example.org/blog/a/" in site["rss.xml"]
    assert "https://example.org/blog/a/" in site["atom.xml"]
    assert "https://example.org/blog/a/" in site["feed.json"]
    assert "<loc>https://example.org/blog/a/</loc>" in site["sitemap.xml"]


def test_a_mark_before_site_toml_does_not_lose_the_posts_of_named_folders(tmp_path):
    settings = TOML + '[[content]]\npath = "notes"\n'
    write(tmp_path, {"site.toml": f"\ufeff{settings}", "notes/a.md": POST})
    assert build(taken(tmp_path)).summary.posts == 1


def test_a_link_out_of_the_site_does_not_hide_the_other_mistakes(tmp_path):
    write(tmp_path, {"site.toml": TOML, A: POST, B: POST.replace("date", "dat")})
    (tmp_path / "content/posts/c.md").symlink_to("/nowhere")
    codes = {d.code for d in build(taken(tmp_path)).diagnostics}
    assert codes >= {"link-outside", "missing-date"}


def test_a_name_that_begins_with_a_date_is_dated_by_it():
    name = "content/posts/2024-01-31-review-of-2023-12-05.md"
    site = output({name: "---\ntitle: A\n---\n"})
    assert "31 Jan 2024" in site["blog/review-of-2023-12-05/index.html"]


def test_a_heading_gives_its_words_as_the_title():
    text = "---\ndate: 2024-01-31\n---\n# Using my_var in C\\# &amp; `__init__`\n"
    site = output({A: text})
    assert (
        "<title>Using my_var in C# &amp; __init__ · Test</title>"
        in (site["blog/a/index.html"])
    )
