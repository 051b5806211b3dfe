"""Links, pipes and folders that cannot be read: refused by name, never followed."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from disk import names, taken, told, write


def test_a_link_inside_the_site_is_followed(tmp_path):
    write(tmp_path, {"content/a.md": "Hello."})
    (tmp_path / "content/b.md").symlink_to("a.md")
    (tmp_path / "content/posts").symlink_to(tmp_path / "static")
    write(tmp_path, {"static/c.md": "There."})
    snapshot = taken(tmp_path)
    found = ["content/a.md", "content/b.md", "content/posts/c.md"]
    assert names(snapshot) == [*found, "site.toml", "static/c.md"]
    assert snapshot.files["content/b.md"].data == b"Hello."
    assert told(snapshot) == ""


@pytest.mark.parametrize("target", ["outside.md", "outside"])
def test_a_link_out_of_the_site_is_refused_by_name(tmp_path, target):
    site = tmp_path / "site"
    write(tmp_path / "outside", {"a.md": "canary"})
    write(tmp_path, {"outside.md": "canary"})
    write(site, {"content/a.md": ""})
    (site / "content/way-out").symlink_to(tmp_path / target)
    snapshot = taken(site)
    assert names(snapshot) == ["content/a.md", "site.toml"]
    assert told(snapshot) == (
        "content/way-out: error: the link leads out of the site [link-outside]\n"
        "  copy what it points to into the site"
    )


def test_a_content_folder_that_is_a_link_out_is_refused(tmp_path):
    site = tmp_path / "site"
    write(site, {})
    (tmp_path / "outside").mkdir()
    (site / "content").symlink_to(tmp_path / "outside")
    assert told(taken(site)) == (
        "content: error: the link leads out of the site [link-outside]\n"
        "  copy what it points to into the site"
    )


def test_a_link_to_a_hidden_place_is_refused(tmp_path):
    write(tmp_path, {".git/config": "canary", "content/a.md": ""})
    (tmp_path / "content/config.txt").symlink_to("../.git/config")
    snapshot = taken(tmp_path)
    assert names(snapshot) == ["content/a.md", "site.toml"]
    assert [d.code for d in snapshot.diagnostics] == ["link-outside"]


def test_a_link_to_a_private_file_is_not_copied_under_another_name(tmp_path):
    write(tmp_path, {"server.key": "canary", "content/a.md": ""})
    (tmp_path / "content/notes.txt").symlink_to("../server.key")
    snapshot = taken(tmp_path)
    assert names(snapshot) == ["content/a.md", "site.toml"]
    assert len(snapshot.diagnostics) == 1


def test_a_link_that_leads_nowhere_is_refused(tmp_path):
    write(tmp_path, {})
    (tmp_path / "content").mkdir()
    (tmp_path / "content/gone.md").symlink_to("nowhere.md")
    assert told(taken(tmp_path)) == (
        "content/gone.md: error: the link leads nowhere [link-outside]\n  remove it"
    )


@pytest.mark.parametrize("target", [".", "..", "../.."])
def test_a_link_in_circles_is_refused_and_the_walk_ends(tmp_path, target):
    write(tmp_path, {"content/posts/a.md": ""})
    (tmp_path / "content/posts/loop").symlink_to(target)
    snapshot = taken(tmp_path)
    assert names(snapshot) == ["content/posts/a.md", "site.toml"]
    assert told(snapshot) == (
        "content/posts/loop: error: the link leads in circles [link-outside]\n"
        "  remove it"
    )


def test_two_folders_that_lead_to_each_other_end(tmp_path):
    write(tmp_path, {"content/a/x.md": "", "content/b/y.md": ""})
    (tmp_path / "content/a/to-b").symlink_to("../b")
    (tmp_path / "content/b/to-a").symlink_to("../a")
    codes = {d.code for d in taken(tmp_path).diagnostics}
    assert codes == {"link-outside"}


def test_a_pipe_is_refused_and_never_opened(tmp_path):
    write(tmp_path, {"content/a.md": ""})
    os.mkfifo(tmp_path / "content/pipe.md")
    snapshot = taken(tmp_path)
    assert names(snapshot) == ["content/a.md", "site.toml"]
    assert told(snapshot) == (
        "content/pipe.md: error: is neither file nor folder [special-file]\n"
        "  move it away"
    )


def test_a_pipe_behind_a_link_is_refused_too(tmp_path):
    write(tmp_path, {"content/a.md": ""})
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "content/b.md").symlink_to("../pipe")
    assert [d.code for d in taken(tmp_path).diagnostics] == ["special-file"]


def test_a_pipe_in_the_place_of_site_toml_is_never_opened(tmp_path):
    os.mkfifo(tmp_path / "site.toml")
    (tmp_path / "content").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "blog", "check", "--root", tmp_path],
        capture_output=True,
        timeout=5,
        cwd=tmp_path,
    )
    assert done.returncode == 2


def test_a_socket_is_refused(tmp_path, monkeypatch):
    write(tmp_path, {"content/a.md": ""})
    monkeypatch.chdir(tmp_path / "content")  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as open_socket:
        open_socket.bind("s")
        codes = [(d.code, d.span.path) for d in taken(tmp_path).diagnostics]
    assert codes == [("special-file", "content/s")]


def test_a_name_that_is_not_utf8_is_refused(tmp_path):
    write(tmp_path, {"content/a.md": ""})
    (tmp_path / "content" / os.fsdecode(b"caf\xe9.md")).write_text("Hello.")
    snapshot = taken(tmp_path)
    assert names(snapshot) == ["content/a.md", "site.toml"]
    assert told(snapshot) == (
        "'content/caf\\udce9.md': error: the file name is not UTF-8 [bad-name]\n"
        "  rename it"
    )


def as_nobody(root: Path, place: Path) -> str:
    """What a snapshot says when `place` may not be read by whoever takes it."""
    program = (
        "import os, sys, pathlib\n"
        "sys.path.insert(0, sys.argv[2]); from disk import taken, told\n"
        "os.geteuid() or os.setuid(65534)  # root may read all, `nobody` may not\n"
        "print(told(taken(pathlib.Path(sys.argv[1]))))"
    )
    for folder in (root, root.parent, root.parent.parent):  # pytest's own, all of them
        folder.chmod(0o755)
    place.chmod(0)
    done = subprocess.run(
        [sys.executable, "-c", program, root, Path(__file__).parent],
        capture_output=True,
        text=True,
    )
    place.chmod(0o755)
    if "PermissionError" in done.stderr or "ModuleNotFoundError" in done.stderr:
        pytest.skip("another user cannot run this Python")
    assert done.stderr == ""
    return done.stdout


def test_a_folder_that_cannot_be_read_stops_the_build(tmp_path):
    write(tmp_path, {"content/posts/a.md": "", "content/about.md": ""})
    assert as_nobody(tmp_path, tmp_path / "content/posts") == (
        "content/posts/: error: cannot be read: Permission denied [unreadable]\n"
        "  give yourself the right to read it, or move it out of the site\n"
    )


def test_a_file_that_cannot_be_read_stops_the_build(tmp_path):
    write(tmp_path, {"content/posts/a.md": "", "static/b.png": b"x"})
    assert as_nobody(tmp_path, tmp_path / "static/b.png") == (
        "static/b.png: error: cannot be read: Permission denied [unreadable]\n"
        "  give yourself the right to read it, or move it out of the site\n"
    )
