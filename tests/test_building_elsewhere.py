"""`blog build` of sites that lie elsewhere, behind links, or where little is allowed."""

import shutil
from pathlib import Path

from command import blog, known
from conftest import POST, A
from disk import write


def built(root: Path, *options: str) -> str:
    """What `blog build` says."""
    code, said, errors = blog(root, "build", *options)
    assert code == 0, errors
    return errors + said


def site_in(root: Path, *options: str) -> Path:
    """A site that is built, and known to be as it was."""
    write(root, {A: POST, "content/about.md": "# About\n"})
    known(root.parent, options=options)
    return root


def test_a_site_elsewhere_is_looked_at_where_it_lies(tmp_path: Path):
    site = site_in(tmp_path / "s", "--root", "s")
    for change in (
        lambda: (site / "site.toml").write_text('title="U"\nbase_url="https://e.org"'),
        lambda: (site / "public/index.html").write_text("other"),
        lambda: shutil.rmtree(site / "public"),
        lambda: write(site, {"templates/404.html": "mine"}),
    ):
        change()
        assert "nothing changed" not in built(tmp_path, "--root", "s")
        known(tmp_path, options=("--root", "s"))


def test_a_site_behind_a_link_is_looked_at_where_it_lies(tmp_path: Path):
    (tmp_path / "deep/er/s").mkdir(parents=True)
    (tmp_path / "link").symlink_to("deep/er/s")
    site = site_in(tmp_path / "link", "--root", str(tmp_path / "link"))
    (site / A).write_text(f"{POST}More.\n")
    assert "nothing changed" not in built(tmp_path, "--root", str(tmp_path / "link"))


def test_settings_in_another_folder_are_looked_at(tmp_path: Path):
    site = tmp_path / "s"
    write(site, {"conf/site.toml": 'title="T"\nbase_url="https://e.org"\n'})
    options = ("--root", "s", "--config", "conf/site.toml")
    site_in(site, *options)
    write(site, {"conf/site.toml": 'title="U"\nbase_url="https://e.org"\n'})
    assert "nothing changed" not in built(tmp_path, *options)
