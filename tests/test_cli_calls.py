"""`blog list`, wrong calls, terminals: what is printed where, and how it ends."""

import re
import signal
import subprocess
import sys

import pytest

from blog import __version__
from command import DRAFT, FUTURE, NO_DATE, NO_DATE_TOLD, blog, objects
from conftest import POST, A, B
from disk import tree, write

# list


def test_list_shows_every_post_newest_first_with_its_reason(tmp_path):
    unlisted = POST.replace("---\n\n", "unlisted: true\n---\n\n")
    write(tmp_path, {A: POST, B: unlisted, "content/about.md": "# About\n"})
    write(tmp_path, {"content/posts/d.md": DRAFT, "content/posts/f.md": FUTURE})
    assert blog(tmp_path, "list") == (
        0,
        "2031-01-01  /blog/f/  Later  (dated 2031-01-01, in the future)\n"
        "2024-03-01  /blog/d/  A draft  (draft)\n"
        "2024-01-31  /blog/b/  A post  (unlisted)\n"
        "2024-01-31  /blog/a/  A post\n",
        "",
    )


def test_list_with_json_gives_all_that_is_known_of_each_post(tmp_path):
    post = (
        "---\ntitle: Café\ndate: 2024-01-31 18:30 +02:00\nupdated: 2024-02-01\n"
        "slug: café\ntags: [C++, web]\n---\n\nHello.\n"
    )
    write(tmp_path, {A: post, "content/posts/d.md": DRAFT})
    code, out, err = blog(tmp_path, "list", "--json")
    assert (code, err) == (0, "")
    assert objects(out) == [
        {
            "kind": "post",
            "source": "content/posts/d.md",
            "url": "/blog/d/",
            "title": "A draft",
            "date": "2024-03-01T00:00:00+00:00",
            "updated": None,
            "tags": [],
            "draft": True,
            "listed": True,
            "reason": "draft",
        },
        {
            "kind": "post",
            "source": "content/posts/a.md",
            "url": "/blog/caf%C3%A9/",
            "title": "Café",
            "date": "2024-01-31T18:30:00+02:00",
            "updated": "2024-02-01T00:00:00+00:00",
            "tags": ["C++", "web"],
            "draft": False,
            "listed": True,
            "reason": None,
        },
    ]


def test_a_title_cannot_write_to_the_terminal(tmp_path):
    evil = POST.replace("A post", '"\\e[2J\\u202egone\\u200e"')
    write(tmp_path, {A: evil})
    _, out, _ = blog(tmp_path, "list")
    assert not re.search("[\x1b\u202e\u200e]", out)


# Wrong calls


def test_blog_alone_shows_the_commands_and_the_next_step(tmp_path):
    code, out, err = blog(tmp_path)
    assert (code, err) == (0, "")
    for command in ("init", "build", "check", "list"):
        assert re.search(rf"^  {command} ", out, re.MULTILINE)
    assert out.endswith("There is no site here: `blog init` begins one.\n")
    write(tmp_path, {})
    assert blog(tmp_path)[1].endswith(
        "There is a site here: `blog build` writes it to public/.\n"
    )


def test_a_misspelt_command_is_suggested(tmp_path):
    code, out, err = blog(tmp_path, "biuld")
    assert (code, out) == (2, "")
    assert err.endswith("Error: There is no command 'biuld'. did you mean 'build'?\n")


@pytest.mark.parametrize("arguments", [["build", "--nope"], ["build", "extra"]])
def test_a_wrong_call_ends_with_2(tmp_path, arguments):
    code, out, err = blog(tmp_path, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("Usage: ")


def test_version_is_one_line(tmp_path):
    assert blog(tmp_path, "--version") == (0, f"blog {__version__}\n", "")


@pytest.mark.parametrize("command", ["build", "check", "list"])
def test_a_folder_without_a_site_ends_with_2(tmp_path, command):
    assert blog(tmp_path, command) == (
        2,
        "",
        "error: there is no site.toml in this folder\n"
        "  run `blog init` to begin one there, or name its folder with --root\n",
    )


@pytest.mark.parametrize("command", ["build", "check", "list"])
def test_a_mistake_in_site_toml_ends_with_2(tmp_path, command):
    write(tmp_path, {"site.toml": 'titel = "Test"\n', A: POST})
    code, _, err = blog(tmp_path, command, "-q")
    assert code == 2
    assert "site.toml:1:1: error: unknown key 'titel' [config-key]\n" in err


def test_an_output_among_the_sources_ends_with_2_and_changes_nothing(tmp_path):
    write(tmp_path, {A: POST})
    before = tree(tmp_path)
    code, out, err = blog(tmp_path, "build", "--output", "content")
    assert (code, out) == (2, "")
    assert err.startswith("error: the output folder content and ")
    assert tree(tmp_path) == before


def test_a_folder_that_is_not_ours_ends_with_1_and_stays(tmp_path):
    write(tmp_path, {A: POST, "public/letter.txt": "mine"})
    before = tree(tmp_path)
    assert blog(tmp_path, "build") == (
        1,
        "",
        "error: the folder public holds files that are not ours\n"
        "  empty it, or name another folder with --output\n",
    )
    assert tree(tmp_path) == before


# Terminals


def test_colours_are_shown_when_they_are_forced_and_never_with_no_color(tmp_path):
    write(tmp_path, {A: POST, B: NO_DATE})
    _, _, plain = blog(tmp_path, "check")
    _, _, forced = blog(tmp_path, "check", FORCE_COLOR="1")
    _, _, neither = blog(tmp_path, "check", FORCE_COLOR="1", NO_COLOR="1")
    assert "\x1b[" in forced
    assert re.sub(r"\x1b\[[\d;]*m", "", forced) == plain
    assert not re.search(r"\x1b\[[\d;]*3\d", neither)
    assert plain == NO_DATE_TOLD


def test_an_interrupted_command_ends_with_130_in_one_line(tmp_path):
    post = POST.replace("A post", "A post " * 50)
    write(tmp_path, {f"content/posts/{n}.md": post for n in range(300)})
    running = subprocess.Popen(
        [sys.executable, "-m", "blog", "list", "--json"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    running.stdout.readline()  # the rest is more than a pipe holds, so it waits
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (130, "\ninterrupted\n")


def test_a_reader_that_leaves_early_is_no_crash(tmp_path):
    write(tmp_path, {f"content/posts/{n}.md": POST for n in range(100)})
    done = subprocess.run(
        f"{sys.executable} -m blog list --json | head -1",
        cwd=tmp_path, shell=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert [o["kind"] for o in objects(done.stdout)] == ["post"]
    assert done.stderr == ""
    assert not (tmp_path / ".blog").exists()


def test_output_works_where_the_terminal_knows_only_ascii(tmp_path):
    write(tmp_path, {A: POST.replace("A post", "Café 日本")})
    variables = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert blog(tmp_path, "list", **variables)[0] == 0
    assert blog(tmp_path, "build", **variables)[0] == 0
