"""The flow as a whole."""

from conftest import POST, A, output


def test_one_post_makes_a_page_a_list_feeds_and_a_sitemap():
    site = output({A: POST})
    assert '<h1 class="p-name">A post</h1>' in site["blog/a/index.html"]
    assert "https://example.org/blog/a/" in site["rss.xml"]
    assert "https://example.org/blog/a/" in site["atom.xml"]
    assert "https://example.org/blog/a/" in site["feed.json"]
    assert "<loc>https://example.org/blog/a/</loc>" in site["sitemap.xml"]
