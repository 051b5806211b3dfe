"""What only one kind of target does, on real hosts of this machine."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from blog.deploy import target_for
from blog.diagnostics import Abort
from command import blog_here as blog
from deploying import SITE as SETTINGS
from disk import write
from hosts import KEYS, Place, bare, deployed, git, opened, planned, run
from servers import Servers

SITE = {"index.html": "home\r\n", "theme.11111111.css": "body {}", "rss.xml": "feed"}


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with Servers(tmp_path_factory) as started:
        yield started


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


def told(place: Place, root: Path) -> str:
    """What a deploy has to say when it cannot be done."""
    with pytest.raises(Abort) as error:
        deployed(place, root, SITE)
    return f"{error.value}\n{error.value.hint}"


# git


def test_the_branch_index_and_files_of_the_user_are_not_touched(tmp_path: Path):
    run("git", "init", "-q", "-b", "main", str(tmp_path))
    (tmp_path / "a.txt").write_text("staged")
    run("git", "-C", str(tmp_path), "add", "a.txt")
    (tmp_path / ".gitattributes").write_text("* text eol=lf\n")
    before = run("git", "-C", str(tmp_path), "status", "--porcelain", "a.txt")
    (tmp_path / "host").mkdir()
    place = bare(tmp_path / "host")
    deployed(place, tmp_path, SITE)
    assert run("git", "-C", str(tmp_path), "status", "--porcelain", "a.txt") == before
    # Nothing is converted on its way, whatever the attributes say.
    assert (
        git(place.settings["remote"], "cat-file", "-s", "gh-pages:index.html") == "6\n"
    )


def test_a_name_of_a_remote_and_a_shallow_clone_will_do(tmp_path: Path):
    place = bare(tmp_path)
    first = tmp_path / "first"
    for number in range(4):
        deployed(place, first, {**SITE, "index.html": str(number)})
    address = f"file://{place.settings['remote']}"
    clone = tmp_path / "clone"
    run("git", "clone", "-q", "--depth=1", "-b", "gh-pages", address, str(clone))
    named = Place(settings={**place.settings, "remote": "origin"})
    named.deploys = 9
    assert deployed(named, clone, {**SITE, "index.html": "new"}) == ["index.html"]
    with opened(named, clone) as (target, _):
        target.roll_back(target.releases()[1].name)
    assert git(place.settings["remote"], "show", "gh-pages:index.html") == "3"


def test_history_is_kept(tmp_path: Path):
    place = bare(tmp_path)
    deployed(place, tmp_path, SITE)
    first = git(place.settings["remote"], "rev-parse", "gh-pages").strip()
    deployed(place, tmp_path, {**SITE, "index.html": "new"})
    assert first in git(place.settings["remote"], "log", "--format=%H", "gh-pages")


def test_a_file_of_ours_that_somebody_has_deleted_does_not_come_back(tmp_path: Path):
    place = bare(tmp_path)
    first = {"index.html": "home", "theme.11111111.css": "body {}"}
    deployed(place, tmp_path, first)
    deployed(place, tmp_path, {"index.html": "new", "theme.22222222.css": "new"})
    place.put("notes.txt", "mine")
    clone = f"{place.settings['remote']}.clone"
    run("git", "-C", clone, "rm", "-q", "theme.22222222.css")
    place.put("notes.txt", "without it")
    with opened(place, tmp_path) as (target, _):
        target.roll_back(target.releases()[1].name)
    assert place.tree() == {**first, "notes.txt": "without it"}


def test_a_file_where_a_folder_comes_is_somebody_elses_and_asked_about(tmp_path: Path):
    place = bare(tmp_path)
    deployed(place, tmp_path, {"index.html": "home"})
    place.put("blog", "theirs")
    after = {"index.html": "home", "blog/index.html": "blog"}
    (tmp_path / "public/blog").mkdir()
    (tmp_path / "public/blog/index.html").write_text("blog")
    assert planned(place, tmp_path).overwritten == ("blog",)
    deployed(place, tmp_path, after)
    assert place.tree() == after


def test_a_site_in_no_repository_is_deployed_from_wherever_one_stands(tmp_path: Path):
    remote = bare(tmp_path).settings["remote"]
    table = f'[deploy.git]\nkind = "git"\nremote = "{remote}"\n'
    write(tmp_path / "site", {"site.toml": SETTINGS + table})
    assert blog(tmp_path / "site", "deploy", "--yes")[0] == 0
    assert "nothing to deploy" in blog(tmp_path, "deploy", "--root", "site")[1]
    assert git(remote, "show", "gh-pages:.nojekyll") == ""


def test_a_remote_without_a_repository_is_told(tmp_path: Path):
    place = Place(settings={"kind": "git", "remote": "origin"})
    assert told(place, tmp_path) == (
        "the site lies in no git repository with a 'origin'\n"
        'give the address of the repository: remote = "https://…"'
    )


def test_a_remote_that_is_not_there_is_told(tmp_path: Path):
    place = Place(settings={"kind": "git", "remote": str(tmp_path / "no.git")})
    assert told(place, tmp_path) == (
        f"git cannot do it: fatal: '{tmp_path}/no.git' does not appear to be a git "
        "repository\ncheck `remote` in site.toml"
    )


# ssh


def test_a_server_whose_key_is_not_known_is_refused(servers: Servers, tmp_path: Path):
    place = servers.ssh(tmp_path / "there")
    place.settings["ssh"] += f" -o UserKnownHostsFile={tmp_path}/none"
    place.settings["ssh"] = _last_hosts(place.settings["ssh"])
    assert "Host key verification failed" in told(place, tmp_path)
    assert not (tmp_path / "there").exists()


def test_a_server_whose_key_has_changed_is_refused(servers: Servers, tmp_path: Path):
    place = servers.ssh(tmp_path / "there")
    command = place.settings["ssh"]
    known = Path(command.rpartition("=")[2])
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "other"))
    name = known.read_text().split()[0]
    key = " ".join((tmp_path / "other.pub").read_text().split()[:2])
    (tmp_path / "known").write_text(f"{name} {key}\n")
    place.settings["ssh"] = command.replace(str(known), str(tmp_path / "known"))
    assert "find out why before you remove the old key" in told(place, tmp_path)
    assert not (tmp_path / "there").exists()


def _last_hosts(command: str) -> str:
    """Only the last of two files of known hosts: ssh takes the first."""
    first, _, rest = command.partition(" -o UserKnownHostsFile=")
    return f"{first} -o UserKnownHostsFile={rest.rpartition('=')[2]}"


def test_a_key_that_is_not_let_in_is_told(servers: Servers, tmp_path: Path):
    place = servers.ssh(tmp_path / "there")
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "mine"))
    words = place.settings["ssh"].split()
    words[words.index("-i") + 1] = f"{tmp_path}/mine -o IdentitiesOnly=yes"
    place.settings["ssh"] = " ".join(words)
    assert told(place, tmp_path).endswith("load your key into the agent: ssh-add")


def test_a_server_that_is_not_there_is_told(tmp_path: Path):
    settings = {"kind": "ssh", "host": "127.0.0.1", "path": "x", "ssh": "ssh -p 1"}
    assert "Connection refused" in told(Place(settings=settings), tmp_path)


def test_a_program_that_is_not_there_is_told(tmp_path: Path):
    settings = {"kind": "ssh", "host": "127.0.0.1", "path": "x", "ssh": "no-such-ssh"}
    assert told(Place(settings=settings), tmp_path) == (
        "the program 'no-such-ssh' is needed for this, and not installed\n"
        "install it with the packages of your system"
    )


def test_a_path_may_begin_at_the_home(servers: Servers, tmp_path: Path):
    place = servers.ssh(tmp_path)
    up = "../" * len(Path.home().parts[1:])
    place.settings["path"] = f"~/{up}{(tmp_path / 'my www').relative_to('/')}"
    deployed(place, tmp_path, SITE)
    assert (tmp_path / "my www/current/index.html").is_file()


# s3


def test_storage_keeps_one_state_and_says_so(
    servers: Servers, tmp_path: Path, keys: None
):
    place = servers.s3(tmp_path)
    rows = "".join(f"{k} = {v!r}\n" for k, v in place.settings.items())
    write(tmp_path, {"site.toml": f"{SETTINGS}[deploy.there]\n{rows}"})
    assert blog(tmp_path, "deploy", "--yes")[0] == 0
    code, _, err = blog(tmp_path, "deploy", "rollback", "--yes")
    assert (code, err) == (
        1,
        f"error: s3://site/{place.settings['prefix']} keeps no earlier deploys\n"
        "  check out the state that you want, and deploy it\n",
    )


def test_objects_have_a_type_and_a_life(servers: Servers, tmp_path: Path, keys: None):
    import obstore

    place = servers.s3(tmp_path)
    deployed(place, tmp_path, SITE)
    heads = {path: obstore.get(place._store(), path).attributes for path in SITE}
    assert heads == {
        "index.html": {
            "Content-Type": "text/html; charset=utf-8",
            "Cache-Control": "no-cache",
        },
        "theme.11111111.css": {
            "Content-Type": "text/css; charset=utf-8",
            "Cache-Control": "public, max-age=31536000, immutable",
        },
        "rss.xml": {
            "Content-Type": "application/rss+xml; charset=utf-8",
            "Cache-Control": "no-cache",
        },
    }


def test_what_lies_in_an_open_bucket_names_no_file(
    servers: Servers, tmp_path: Path, keys: None
):
    import obstore

    place = servers.s3(tmp_path)
    deployed(place, tmp_path, {**SITE, "secret-post/index.html": "unlisted"})
    ledger = bytes(obstore.get(place._store(), ".blog/deploy.json").bytes()).decode()
    assert "secret" not in ledger
    assert str(tmp_path) not in ledger


def test_keys_that_are_refused_are_told_without_being_shown(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    place = servers.s3(tmp_path)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEYS["AWS_ACCESS_KEY_ID"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong0123456789wrong")
    said = told(place, tmp_path)
    assert "refuses these credentials" in said
    assert "wrong0123456789wrong" not in said


def test_keys_may_stand_in_the_file_of_the_tools(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    place = servers.s3(tmp_path)
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_PROFILE", "mine")
    assert told(place, tmp_path).startswith("there are no credentials: neither in")
    rows = "".join(f"{name.lower()} = {value}\n" for name, value in KEYS.items())
    (tmp_path / "credentials").write_text(f"[mine]\n{rows}")
    deployed(place, tmp_path, SITE)
    assert place.tree() == SITE


def test_a_bucket_that_is_not_there_is_told(
    servers: Servers, tmp_path: Path, keys: None
):
    place = servers.s3_with_conditions(tmp_path)
    place.settings["bucket"] = "nowhere"
    assert "make it where you rent it" in told(place, tmp_path)


def test_without_its_library_storage_says_which_one_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "obstore", None)
    monkeypatch.delitem(sys.modules, "blog.deploy.storage", raising=False)
    monkeypatch.delitem(sys.modules, "blog.deploy.s3", raising=False)
    settings: dict[str, Any] = {"kind": "s3", "bucket": "site"}
    order = Place(settings=settings).order(tmp_path)
    with pytest.raises(Abort, match="a library that is not installed") as error:
        target_for(order, ())
    assert error.value.hint == "pip install 'blog[s3]'"
