"""When `blog deploy` stops: nothing is sent, and there is a way out."""

from pathlib import Path

import pytest

from command import DRAFT, NO_DATE
from conftest import POST, A, B
from deploying import POSTS, SITE, blog, deploy, live, new_site, of_build
from disk import write


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return new_site(tmp_path)


def test_nobody_is_there_to_be_asked(site: Path):
    code, _, err = blog(site, "deploy")
    assert (code, err) == (
        2,
        "error: there is nobody to ask; nothing was sent\n"
        "  add --yes to deploy without a question, --dry-run to look\n",
    )
    assert not (site / "www").exists()


def test_much_is_removed_only_when_that_is_allowed(site: Path):
    deploy(site)
    before = live(site)
    for path in POSTS:
        (site / path).unlink()
    code, _, err = deploy(site)
    assert (code, live(site)) == (1, before)
    gone = before.keys() - of_build(site).keys()
    assert err == (
        f"error: {len(gone)} files of {len(before)} would be removed; nothing was sent\n"
        "  if that is meant: --allow-removals\n"
    )
    assert deploy(site, "--allow-removals")[0] == 0
    assert live(site) == of_build(site)


def test_a_site_with_mistakes_is_not_deployed(site: Path):
    deploy(site)
    before = live(site)
    write(site, {B: NO_DATE})
    code, _, err = deploy(site)
    assert (code, live(site)) == (1, before)
    assert "nothing was written" in err


@pytest.mark.parametrize("flag", ["--drafts", "--future"])
def test_a_build_with_drafts_is_not_deployed(site: Path, flag: str):
    code, _, err = deploy(site, flag)
    assert code == 2
    assert err.startswith("error: a build with drafts or posts of the future")


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:80", "0.0.0.0"])
def test_a_site_built_for_this_machine_is_not_deployed(site: Path, host: str):
    code, _, err = deploy(site, "--base-url", f"http://{host}")
    assert (code, (site / "www").exists()) == (2, False)
    assert err == (
        f"error: the site is built for http://{host}, which readers cannot reach\n"
        "  set base_url in site.toml, or give --base-url\n"
    )


SECRET = "AKIA" + "IOSFODNN7EXAMPLE"


def test_what_looks_like_a_key_stops_a_deploy_until_it_is_meant(site: Path):
    write(site, {A: f"{POST}\nUse `{SECRET}` here.\n"})
    code, _, err = deploy(site)
    assert (code, (site / "www").exists()) == (1, False)
    assert (
        "error: blog/a/index.html holds what looks like an access key of Amazon" in err
    )
    assert SECRET not in err
    assert deploy(site, "--allow-leak", "blog/a/index.html")[0] == 0


def test_a_dry_run_says_so_and_asks_nothing(site: Path):
    write(site, {A: f"{POST}\nUse `{SECRET}` here.\n"})
    code, _, err = blog(site, "deploy", "--dry-run")
    assert code == 1
    assert "--allow-leak blog/a/index.html" in err


def test_text_of_a_draft_stops_a_deploy(site: Path):
    secret = "Nobody must read about the great plan yet."
    write(
        site,
        {B: DRAFT + secret + "\n", "templates/footer.html": "", "static/x.txt": secret},
    )
    code, _, err = deploy(site)
    assert (code, (site / "www").exists()) == (1, False)
    assert err.startswith(
        "error: x.txt holds text of content/posts/b.md: "
        "'Nobody must read about the great plan yet'\n"
    )


def test_a_draft_may_repeat_what_is_published(site: Path):
    line = "\nThis very sentence stands in two posts at once.\n"
    write(site, {A: POST + line, B: DRAFT + line})
    assert deploy(site)[0] == 0


def test_a_disk_that_refuses_is_one_message(site: Path):
    write(site, {"www": "a file"})
    code, _, err = deploy(site)
    assert code == 1
    assert err.startswith("error: cannot deploy to www")


@pytest.mark.parametrize("path", ["public", "public/www", "static/www"])
def test_a_folder_that_is_part_of_the_build_is_no_target(site: Path, path: str):
    write(
        site, {"site.toml": SITE + f'[deploy.www]\nkind = "folder"\npath = "{path}"\n'}
    )
    code, _, err = deploy(site)
    assert code == 2
    assert err.endswith("which is part of the build\n  deploy to a folder beside it\n")


def test_a_link_that_is_not_ours_is_left_alone(site: Path):
    (site / "www/current").mkdir(parents=True)
    code, _, err = deploy(site)
    assert (code, err) == (
        1,
        "error: www/current is not a link that this program made\n"
        "  move it away, or deploy to another folder\n",
    )
