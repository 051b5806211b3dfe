"""Addresses and tags in posts of Docusaurus, written as that system has them."""

import pytest

from conftest import built, said
from sites import MDX, PNG, addresses, mdx, mdx_site

OTHER = {
    "website/blog/b.md": "---\ntitle: B\ndate: 2024-01-30\n---\n## Hello\n",
    "website/static/img/x.png": PNG,
    "website/static/file.pdf": b"%PDF",
}


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("./b.md", "/blog/b"),
        ("b.md#hello", "/blog/b#hello"),
        ("@site/blog/b.md", "/blog/b"),
        ("@site/blog/b.md#hello", "/blog/b#hello"),
        ("@site/static/file.pdf", "/file.pdf"),
        ("/img/x.png", "/img/x.png"),
        ("pathname:///api/index.html", "/api/index.html"),
        ("pathname:///api?x#y", "/api?x#y"),
    ],
)
def test_a_link_leads_to(written: str, address: str):
    assert addresses(mdx(f"[x]({written})", **OTHER)) == [address]
    assert addresses(mdx(f'<a href="{written}">x</a>', **OTHER)) == [address]
    assert said(mdx_site(f"[x]({written})", **OTHER)).count("broken") == 0


def test_a_link_to_no_file_of_the_site_is_told():
    told = said(mdx_site("[x](@site/blog/bb.md)", **OTHER))
    assert "website/blog/2024-01-31-a.md:4:5: error: there is no post" in told
    assert "did you mean 'b.md'?" in told


def test_no_file_above_the_site_is_read_through_its_sign():
    site = mdx_site("![x](@site/../../secret.png)", **{"secret.png": PNG})
    assert "missing-image" in said(site) or "broken-link" in said(site)


def test_a_tag_keeps_the_address_that_its_post_gives_it():
    tagged = (
        "---\ntitle: A\ntags:\n- {label: C++, permalink: /cpp}\n- plain\n---\nHello.\n"
    )
    made = built({**mdx_site(""), MDX: tagged}).artifacts
    assert {"blog/tags/cpp/index.html", "blog/tags/plain/index.html"} <= made.keys()
    assert "blog/tags/c/index.html" not in made
