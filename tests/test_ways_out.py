"""Whatever a site says, nothing is written outside its output."""

import pytest

from blog.build import build
from conftest import POST, A, B
from disk import TOML, publish, taken, tree, write

NATIVE = '[[content]]\npath = "content/posts"\n'
DOCUSAURUS = '[[content]]\npath = "blog"\ndialect = "docusaurus"\n'
WAYS_OUT = {
    "slug": {A: POST.replace("title", "slug: ../../../out\ntitle")},
    "permalink": {A: POST.replace("title", "permalink: /../../out/\ntitle")},
    "alias": {A: POST.replace("title", "aliases: [/../../out/]\ntitle")},
    "page": {"content/about.md": POST.replace("title", "slug: ../../out\ntitle")},
    "tag": {A: POST.replace("title", "tags: [../../out]\ntitle")},
    "picture": {A: POST + "\n![A way out](../../../../out.png)\n"},
    "registry": {"site.toml": f'{TOML}[tags.x]\nslug = "../../../out"\n'}
    | {A: POST.replace("title", "tags: [x]\ntitle")},
    "pattern": {"site.toml": f'{TOML}{NATIVE}permalink = "/../../out/{{slug}}/"\n'}
    | {A: POST},
    "base": {"site.toml": f'{TOML}{NATIVE}base = "/../../out/"\n', A: POST},
    "tags.yml": {"site.toml": TOML + DOCUSAURUS}
    | {"blog/tags.yml": "x:\n  label: x\n  permalink: /../../../../out\n"}
    | {"blog/a.md": POST.replace("title", "tags: [x]\ntitle")},
}


@pytest.mark.parametrize("files", WAYS_OUT.values(), ids=WAYS_OUT)
def test_no_word_of_a_site_is_written_outside_its_output(tmp_path, files):
    site = tmp_path / "a/deep/site"
    write(site, {B: POST, **files})
    before = tree(tmp_path)
    result = build(taken(site))
    if result.ok:
        publish(result.artifacts, site / "public", site)
    ours = ("a/deep/site/public", "a/deep/site/.blog")
    after = {p: text for p, text in tree(tmp_path).items() if not p.startswith(ours)}
    assert after == before
