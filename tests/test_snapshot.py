"""What is taken in from the disk, and what is left out."""

import os
import pickle
from pathlib import Path

import pytest

from blog.diagnostics import Abort
from blog.snapshot import Changed, content_of, take_snapshot
from blog.stamps import Stamp
from disk import NOW, TOML, names, taken, told, write

JEKYLL = f'{TOML}\n[[content]]\npath = "."\ndialect = "jekyll"\n'


def refused(root: Path, output: Path) -> tuple[str, str, bool]:
    """Message and hint of the refusal, and whether the call was wrong."""
    with pytest.raises(Abort) as abort:
        take_snapshot(root, output=output, now=NOW)
    return str(abort.value), abort.value.hint, abort.value.usage


# What is taken


def test_content_templates_and_static_are_taken_in_order_of_their_names(tmp_path):
    write(tmp_path, {"static/b.css": "", "content/posts/a.md": "", "notes/c.md": ""})
    write(tmp_path, {"templates/page.html": "", "static/a/deep/x.js": ""})
    assert names(taken(tmp_path)) == [
        "content/posts/a.md",
        "site.toml",
        "static/a/deep/x.js",
        "static/b.css",
        "templates/page.html",
    ]


def test_a_folder_named_in_site_toml_is_taken(tmp_path):
    toml = f'{TOML}\n[[content]]\npath = "notes"\n'
    write(tmp_path, {"site.toml": toml, "notes/c.md": "", "other/d.md": ""})
    assert names(taken(tmp_path)) == ["notes/c.md", "site.toml"]


def test_the_static_folder_beside_a_docusaurus_blog_is_taken(tmp_path):
    toml = f'{TOML}\n[[content]]\npath = "old/blog"\ndialect = "docusaurus"\n'
    write(tmp_path, {"site.toml": toml, "old/blog/a.md": "", "old/static/a.css": ""})
    write(tmp_path, {"old/package.json": "{}"})
    found = ["old/blog/a.md", "old/static/a.css", "site.toml"]
    assert names(taken(tmp_path)) == found


def test_text_is_read_and_pictures_are_only_referred_to(tmp_path):
    write(tmp_path, {"static/a.css": "a {}", "static/b.png": b"\x89PNG"})
    files = taken(tmp_path).files
    style, picture = files["static/a.css"], files["static/b.png"]
    assert (style.data, style.source) == (b"a {}", "")
    assert (picture.data, picture.source) == (None, str(tmp_path / "static/b.png"))
    assert picture.size == 4


def test_equal_pictures_have_equal_digests(tmp_path):
    write(tmp_path, {"static/a.png": b"1", "static/b.png": b"1", "static/c.png": b"2"})
    files = taken(tmp_path).files
    assert files["static/a.png"].digest == files["static/b.png"].digest
    assert files["static/a.png"].digest != files["static/c.png"].digest


def test_names_with_spaces_and_signs_are_taken_as_they_are(tmp_path):
    odd = [f"content/posts/{name}.md" for name in ("a b", "50%", "c#?", "🎉", "שלום")]
    write(tmp_path, dict.fromkeys(odd, ""))
    assert names(taken(tmp_path)) == [*sorted(odd), "site.toml"]


def test_a_site_in_the_current_folder_is_taken(tmp_path, monkeypatch):
    write(tmp_path, {"content/a.md": ""})
    monkeypatch.chdir(tmp_path)
    snapshot = take_snapshot(Path(), output=Path("public"), now=NOW)
    assert names(snapshot) == ["content/a.md", "site.toml"]


# What is left out


def test_hidden_and_underscored_names_are_no_content(tmp_path):
    hidden = (".draft.md", "_draft.md", ".git/a.md", "_notes/a.md")
    write(tmp_path, {f"content/posts/{name}": "" for name in hidden})
    assert names(taken(tmp_path)) == ["site.toml"]


def test_templates_and_static_files_may_begin_with_an_underscore(tmp_path):
    write(tmp_path, {"static/_redirects": "", "templates/_card.html": ""})
    found = ["site.toml", "static/_redirects", "templates/_card.html"]
    assert names(taken(tmp_path)) == found


def test_well_known_names_are_published_although_they_are_hidden(tmp_path):
    write(tmp_path, {"static/.well-known/security.txt": "", "static/.nojekyll": ""})
    found = ["site.toml", "static/.nojekyll", "static/.well-known/security.txt"]
    assert names(taken(tmp_path)) == found


def test_what_editors_leave_behind_is_left_out(tmp_path):
    litter = ("a.md~", "#a.md#", "a.md.swp", "a.md.bak", "desktop.ini", "x.tmp")
    write(tmp_path, {f"static/{name}": "" for name in litter})
    assert (names(taken(tmp_path)), told(taken(tmp_path))) == (["site.toml"], "")


def test_pictures_that_windows_leaves_behind_are_left_out_silently(tmp_path):
    write(tmp_path, {"static/Thumbs.db": ""})
    assert (names(taken(tmp_path)), told(taken(tmp_path))) == (["site.toml"], "")


def test_an_env_file_is_never_copied_and_that_is_told(tmp_path):
    write(tmp_path, {"static/.env": "SECRET=1"})
    snapshot = taken(tmp_path)
    assert names(snapshot) == ["site.toml"]
    assert told(snapshot) == (
        "static/.env: warning: 'static/.env' looks private and is not published"
        " [not-copied]\n"
        "  move it out of the site, or rename it if it is meant for readers"
    )


@pytest.mark.parametrize(
    "name", ["id_rsa", "id_ed25519.pub", "server.pem", "tls.KEY", "a.kdbx", "x.sqlite"]
)
def test_keys_and_databases_are_never_copied_and_that_is_told(tmp_path, name):
    write(tmp_path, {f"static/deep/{name}": "", f"content/posts/{name}": ""})
    snapshot = taken(tmp_path)
    assert names(snapshot) == ["site.toml"]
    assert [(d.code, d.span.path) for d in snapshot.diagnostics] == [
        ("not-copied", f"content/posts/{name}"),
        ("not-copied", f"static/deep/{name}"),
    ]


def test_the_output_of_any_site_is_no_source_of_another(tmp_path):
    write(tmp_path, {"static/old/.blog-output": "", "static/old/index.html": ""})
    assert names(taken(tmp_path)) == ["site.toml"]


def test_the_output_is_left_out_where_the_root_itself_is_content(tmp_path):
    write(tmp_path, {"site.toml": JEKYLL, "_posts/2024-01-31-a.md": ""})
    write(tmp_path, {"public/index.html": "", ".blog/lock": "", "vendor/a.md": ""})
    assert names(taken(tmp_path)) == ["_posts/2024-01-31-a.md", "site.toml"]


# What is refused


def test_a_folder_without_a_site_says_how_to_begin_one(tmp_path):
    assert refused(tmp_path, tmp_path / "public") == (
        f"there is no site.toml in {tmp_path}",
        "run `blog init` to begin one there, or name its folder with --root",
        True,
    )


@pytest.mark.parametrize("place", [".", "..", "/"])
def test_an_output_that_holds_the_site_is_refused(tmp_path, place):
    root = tmp_path / "site"
    write(root, {})
    output = Path(os.path.normpath(root / place))
    assert refused(root, output) == (
        f"the output folder {output} holds the site itself",
        "name a folder of its own, e.g. --output public",
        True,
    )


@pytest.mark.parametrize(
    ("output", "source"),
    [
        ("content", "content"),
        ("content/posts", "content"),
        ("content/posts/public", "content"),
        ("static", "static"),
        ("templates/out", "templates"),
        ("notes", "notes/deep"),
    ],
)
def test_an_output_among_the_sources_is_refused(tmp_path, output, source):
    toml = f'{TOML}\n[[content]]\npath = "notes/deep"\n'
    write(tmp_path, {"site.toml": toml})
    place = tmp_path / output
    assert refused(tmp_path, place) == (
        f"the output folder {place} and the source folder {source} overlap",
        "name a folder of its own, e.g. --output site",
        True,
    )


# What is known


def stamped(root: Path) -> dict[str, Stamp]:
    """What a later build knows of the files of a site, if they are long as they are."""
    return {n: s for n, s in taken(root).stamps.items() if n[-1] != "/"}


def test_what_is_known_is_not_read_again(tmp_path):
    write(tmp_path, {"content/a.md": "Hello.", "static/b.css": "b {}"})
    known = stamped(tmp_path)
    again = take_snapshot(tmp_path, output=tmp_path / "public", now=NOW, known=known)
    first = taken(tmp_path)
    assert {p: b.digest for p, b in again.files.items()} == {
        p: b.digest for p, b in first.files.items()
    }
    assert again.files["content/a.md"].data is None
    assert again.files["content/a.md"].source == str(tmp_path / "content/a.md")
    assert content_of(again.files["content/a.md"]) == b"Hello."


def test_what_is_not_known_is_read_and_what_is_gone_is_not_there(tmp_path):
    write(tmp_path, {"content/a.md": "Hello.", "content/b.md": "b"})
    known = stamped(tmp_path)
    (tmp_path / "content/a.md").unlink()
    write(tmp_path, {"content/c.md": "New."})
    again = take_snapshot(tmp_path, output=tmp_path / "public", now=NOW, known=known)
    assert names(again) == ["content/b.md", "content/c.md", "site.toml"]
    assert again.files["content/c.md"].data == b"New."


@pytest.mark.parametrize("text", ["other", None], ids=["changed", "gone"])
def test_content_that_is_not_what_was_seen_is_told_at_once(tmp_path, text):
    write(tmp_path, {"static/cat.png": b"a cat"})
    cat = taken(tmp_path).files["static/cat.png"]
    (tmp_path / "static/cat.png").unlink()
    if text:
        write(tmp_path, {"static/cat.png": text})
    with pytest.raises(Changed) as changed:
        content_of(cat)
    assert str(changed.value) == (
        f"{tmp_path / 'static/cat.png'} was changed while the site was built"
    )
    assert changed.value.hint == "build once more"


def test_that_content_has_changed_can_be_told_by_another_process(tmp_path):
    told = pickle.loads(pickle.dumps(Changed(tmp_path / "a.md")))
    assert (told.path, str(told)) == (
        tmp_path / "a.md",
        str(Changed(tmp_path / "a.md")),
    )


def test_a_file_that_was_touched_just_now_has_no_stamp_to_be_trusted(tmp_path):
    write(tmp_path, {"content/a.md": ""})
    stamp = taken(tmp_path).stamps["content/a.md"]
    assert (stamp.size, stamp.changed) == (0, 0)


def test_every_file_and_folder_that_was_looked_at_has_a_stamp(tmp_path):
    write(tmp_path, {"content/posts/a.md": "", "static/b.css": "", "other/c.md": ""})
    own = {name for name in taken(tmp_path).stamps if name[0] != "/"}
    assert own == {
        *("./", "site.toml", "content/", "content/posts/", "content/posts/a.md"),
        *("static/", "static/b.css"),
    }
