"""What is installed works alone: from a wheel, and from a checkout that is edited."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that must succeed, with nothing of ours around it."""
    bare = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))
    }
    done = subprocess.run(
        [os.fspath(part) for part in command],
        cwd=cwd,
        env=bare,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel and what it asks for."""
    place = tmp_path_factory.mktemp("wheel")
    run(*PIP, "wheel", "--no-deps", "--wheel-dir", place, ROOT, cwd=place)
    venv.create(place / "venv", with_pip=True)
    (wheel,) = place.glob("blog-*.whl")
    run(place / "venv/bin/pip", "--quiet", "install", wheel, cwd=place)
    return place / "venv/bin"


def test_the_wheel_alone_begins_and_builds_a_site(alone: Path, tmp_path: Path):
    run(alone / "blog", "init", "demo", cwd=tmp_path)
    said = run(alone / "blog", "build", "--strict", cwd=tmp_path / "demo")
    assert said.startswith("2 posts, 12 pages → public/ in ")
    built = {p.name for p in (tmp_path / "demo/public").rglob("*") if p.is_file()}
    assert built >= {"theme.css", "theme.js", "search.js", "copy.js", "favicon.svg"}


def test_without_the_extra_formulas_are_code_and_their_author_is_told_once(
    alone: Path, tmp_path: Path
):
    """The code is [math-missing], at the first formula."""
    run(alone / "blog", "init", "demo", cwd=tmp_path)
    post = tmp_path / "demo/content/posts/a.md"
    post.write_text("---\ntitle: A\ndate: 2024-01-31\n---\n\nLet $a$ and $b$.\n")
    told = run(alone / "blog", "build", "--json", cwd=tmp_path / "demo")
    (row,) = (json.loads(line) for line in told.splitlines() if "math-" in line)
    assert (row["line"], row["code"], row["hint"]) == (
        6,
        "math-missing",
        "install it: pip install 'blog[math]'",
    )
    html = (tmp_path / "demo/public/blog/a/index.html").read_text()
    assert "<p>Let <code>a</code> and <code>b</code>.</p>" in html


def test_without_the_extra_liquid_is_an_error_that_says_what_to_install(
    alone: Path, tmp_path: Path
):
    """The code is [liquid-missing], at the first of it."""
    run(alone / "blog", "init", "demo", cwd=tmp_path)
    with (tmp_path / "demo/site.toml").open("a") as toml:
        toml.write('\n[[content]]\npath = "old"\ndialect = "jekyll"\n')
    post = tmp_path / "demo/old/_posts/2024-01-31-a.md"
    post.parent.mkdir(parents=True)
    post.write_text("---\ntitle: A\n---\nOne\n{{ page.title }} {% raw %}\n")
    done = subprocess.run(
        [alone / "blog", "build"], cwd=tmp_path / "demo", capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[:3] == [
        "old/_posts/2024-01-31-a.md:5: error: the post holds Liquid, and the program"
        " that runs it is missing [liquid-missing]",
        "  5 | {{ page.title }} {% raw %}",
        "    | install it: pip install 'blog[jekyll]'",
    ]


def test_the_wheel_alone_says_what_storage_needs(alone: Path, tmp_path: Path):
    run(alone / "blog", "init", "demo", cwd=tmp_path)
    with (tmp_path / "demo/site.toml").open("a") as settings:
        settings.write('[deploy.bucket]\nkind = "s3"\nbucket = "site"\n')
    done = subprocess.run(
        [alone / "blog", "deploy", "--yes", "--base-url", "https://example.net"],
        cwd=tmp_path / "demo",
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (
        1,
        "error: storage needs a library that is not installed\n"
        "  pip install 'blog[s3]'\n",
    )


def test_the_wheel_holds_the_theme_as_it_stands_in_the_checkout(alone: Path):
    (package,) = alone.parent.glob("lib/python*/site-packages/blog")
    for folder in ("templates", "static/js"):
        ours = {
            p.name: p.read_bytes() for p in (ROOT / folder).iterdir() if p.is_file()
        }
        theirs = {
            p.name: p.read_bytes() for p in (package / folder).iterdir() if p.is_file()
        }
        assert theirs == ours


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout, installed so that an edit is seen at once."""
    place = tmp_path_factory.mktemp("editable") / "checkout"
    place.mkdir()
    for name in ("src", "templates", "static"):
        shutil.copytree(ROOT / name, place / name)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, place / name)
    venv.create(place / ".venv")
    (libraries,) = (place / ".venv").glob("lib/python*/site-packages")
    # Everything but blog itself comes from the environment of the tests.
    (libraries / "others.pth").write_text(sysconfig.get_paths()["purelib"])
    python = place / ".venv/bin/python"
    run(*PIP, "--python", python, "install", "--no-deps", "--editable", ".", cwd=place)
    return place


def test_an_installed_checkout_sees_an_edit_of_the_theme_at_once(
    checkout: Path, tmp_path: Path
):
    blog = checkout / ".venv/bin/blog"
    run(blog, "init", "demo", cwd=tmp_path)
    page = checkout / "templates/page.html"
    page.write_text(page.read_text().replace('<div class="prose"', "edited\n<div"))
    run(blog, "build", cwd=tmp_path / "demo")
    assert "edited" in (tmp_path / "demo/public/about/index.html").read_text()
