"""Texts that would hold up a build: no rule reads far ahead in vain again and again."""

import time

import pytest

from conftest import A, said
from jekyll_sites import site
from sites import HEAD, mdx_site

LENGTH = 40_000


@pytest.mark.parametrize("dialect", ["native", "docusaurus", "jekyll"])
@pytest.mark.parametrize(
    ("begin", "again"),
    [
        ("", "http:"),
        ("# ", "{:"),
        ("text ", ":::http:// "),
        ("", "![ "),
        ("<div>\n", "![-->[^1]: &("),
        ("", "> # a\nb\n"),
        ("", "$$-\n"),
        ("", "~"),
        (":::note ", "<p>\r* "),
        ("", "export {%{{- \n\n"),
        ("[^1]: ", "> [!NOTE]\n\\\n"),
    ],
)
def test_a_long_text_takes_no_time(dialect: str, begin: str, again: str):
    text = f"One.\n\n{begin}{again * (LENGTH // len(again))}\n"
    sites = {"native": {A: HEAD + text}, "docusaurus": mdx_site(text)}
    begun = time.process_time()
    said(sites.get(dialect) or site(text))
    assert time.process_time() - begun < 3
