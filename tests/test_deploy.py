"""`blog deploy`: what it does and says, with a folder as the target."""

import json
import os
import socketserver
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

import pytest

from command import objects
from conftest import POST, A
from deploying import SITE, TOML, blog, deploy, live, new_site, of_build
from disk import write


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return new_site(tmp_path)


def test_a_deploy_builds_and_says_what_it_sends(site: Path):
    code, out, err = deploy(site, "-v")
    assert (code, err) == (0, "")
    assert live(site) == of_build(site)
    assert "  + blog/a/index.html\n" in out
    assert out.splitlines()[-1].startswith(
        f"{len(live(site))} files sent, all compared:"
    )


def test_a_second_deploy_has_nothing_to_do(site: Path):
    deploy(site)
    code, out, err = deploy(site)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("nothing to deploy: ")


def test_a_dry_run_changes_nothing_and_says_what_then_happens(site: Path):
    deploy(site)
    before = live(site)
    (site / A).write_text(POST + "More.\n")
    (site / "content/posts/0.md").unlink()
    code, out, _ = blog(site, "deploy", "--dry-run", "--json")
    said = [o for o in objects(out) if o["kind"] == "change"]
    assert (code, live(site)) == (0, before)
    _, out, _ = deploy(site, "--json")
    assert [o for o in objects(out) if o["kind"] == "change"] == said
    after = live(site)
    changed = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    assert {o["path"] for o in said} == changed


def test_addresses_that_go_are_named_before(site: Path):
    deploy(site)
    (site / "content/posts/0.md").unlink()
    _, out, _ = blog(site, "deploy", "--dry-run")
    assert out.splitlines()[-2:] == [
        "addresses that will answer no more:",
        "    /blog/0/",
    ]


def test_the_live_address_is_read_back(site: Path):
    with served(site / "www" / "current") as url:
        write(site, {"site.toml": f'{TOML}url = "{url}"\n'})
        assert deploy(site)[0] == 0


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_status_says_what_is_live_and_what_differs(site: Path):
    assert "nothing has been deployed there yet" in blog(site, "deploy", "status")[1]
    deploy(site)
    write(site, {A: POST + "More.\n"})
    blog(site, "build")
    code, out, err = blog(site, "deploy", "status", "www")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert " is live since 20" in lines[1]
    assert lines[2].startswith("the last build differs: 0 new, ")
    assert lines[3].startswith(" * 20")


def test_rollback_puts_the_deploy_before_back(site: Path):
    deploy(site)
    before = live(site)
    write(site, {A: POST + "More.\n"})
    deploy(site)
    code, out, err = blog(site, "deploy", "rollback", "--yes")
    assert (code, err, live(site)) == (0, "", before)
    assert " is live (" in out
    assert blog(site, "deploy", "rollback", "--yes") == (
        1,
        "",
        "error: there is no earlier deploy to put back\n"
        "  check out the state that you want, and deploy it\n",
    )


def test_of_several_targets_one_is_named_or_the_default(site: Path):
    two = TOML + '[deploy.other]\nkind = "folder"\npath = "other"\n'
    write(site, {"site.toml": two})
    code, _, err = deploy(site)
    assert (code, err) == (
        2,
        "error: there are 2 targets: www, other\n"
        "  name one, or give one `default = true`\n",
    )
    assert (
        deploy(site, "othr")[2]
        == "error: there is no target 'othr'\n  did you mean 'other'?\n"
    )
    write(site, {"site.toml": two + "default = true\n"})
    assert deploy(site)[0] == 0
    assert (site / "other/current/index.html").is_file()


def test_without_a_target_there_is_a_way_to_one(site: Path):
    write(site, {"site.toml": SITE})
    assert deploy(site) == (
        2,
        "",
        "error: there is no target to deploy to\n"
        '  add one to site.toml: [deploy.pages] with kind = "git"\n',
    )


def test_two_deploys_at_once_come_one_after_the_other(site: Path):
    command = [sys.executable, "-m", "blog", "deploy", "--yes"]
    both = [
        subprocess.Popen(
            command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [each.communicate(timeout=60)[0].decode() for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert sum("nothing to deploy" in out for out in said) == 1
    assert live(site) == of_build(site)


def test_foreign_files_beside_the_releases_stay(site: Path):
    write(site, {"www/notes.txt": "mine", "www/releases/old/index.html": "mine"})
    for text in ("1", "2", "3"):
        write(site, {A: POST + text, "site.toml": TOML + "keep = 2\n"})
        deploy(site)
    assert (site / "www/notes.txt").read_text() == "mine"
    assert (site / "www/releases/old/index.html").read_text() == "mine"
    releases = [p for p in (site / "www/releases").iterdir() if p.suffix == ".json"]
    assert len(releases) == 2


OWN = """
from blog.deploy import Held
import json, pathlib

class Notes:
    kind = "notes"
    adds = {"extra.txt": b"x"}

    def __init__(self, order):
        self.file = order.root / order.settings["file"]
        self.where = str(self.file)

    def holds(self, wanted, /, *, verify):
        there = json.loads(self.file.read_text()) if self.file.exists() else {}
        return Held(release="notes", files=there)

    def apply(self, plan, sent):
        self.file.write_text(json.dumps({p: f.digest for p, f in plan.wanted.items()}))
        return "notes"

    def releases(self):
        return ()

    def roll_back(self, release):
        pass

    def close(self):
        pass
"""


def test_a_site_can_bring_a_kind_of_its_own(site: Path):
    more = '[deploy.notes]\nkind = "notes"\nfile = "notes.json"\n[extensions]\ntargets = ["mine.notes:Notes"]\n'
    write(
        site, {"site.toml": SITE + more, "mine/notes.py": OWN, "mine/__init__.py": ""}
    )
    code, _, err = deploy(site)
    assert (code, err) == (0, "")
    assert "extra.txt" in json.loads((site / "notes.json").read_text())
    assert "nothing to deploy" in deploy(site)[1]


def test_a_kind_that_cannot_be_imported_is_told(site: Path):
    more = '[deploy.notes]\nkind = "notes"\n[extensions]\ntargets = ["nowhere.notes:Notes"]\n'
    write(site, {"site.toml": SITE + more})
    code, _, err = deploy(site)
    assert code == 2
    assert err.startswith(
        "error: the target 'nowhere.notes:Notes' cannot be used: No module"
    )


def test_the_least_that_is_imported_is_imported(site: Path):
    deploy(site)
    program = "import sys, blog.cli; print([n for n in sys.modules if 'deploy.' in n])"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=os.environ
    )
    assert said.stdout == "[]\n"
