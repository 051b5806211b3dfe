"""How long builds take, beside other generators on the same posts in the same run.

    python bench/run.py [POSTS ...]      e.g. python bench/run.py 1000 10000

Each turn builds every site and waits; then it makes the same change in one after the
other and measures its build, so that what disturbs one disturbs its neighbours too.
Machines are noisy: the ratios count, not the seconds.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import corpus
from cost import Cost, memory_of_all, run
from programs import PROGRAMS, Site, blog_site, peer_site
from report import Measured, caption, heading, row, version
from work import WORK, Work

TRUSTED = 2.5
"""Seconds after which what a file's stamp says can be relied on."""

_FEW = 60
"""Posts of a small site; enough for several processes."""

Found = TypeVar("Found")


def main() -> None:
    """Measures what the arguments ask for and prints it as it comes."""
    given = _arguments()
    executables = _executables(given)
    versions = {
        PROGRAMS[name].title: version(path, PROGRAMS[name].version)
        for name, path in executables.items()
    }
    _warm_up(executables, given.search)
    for count in given.posts:
        print(f"\n{caption(count, given.runs, versions)}\n")
        print(heading(given.markdown), flush=True)
        with tempfile.TemporaryDirectory() as folder:
            sites = _sites(Path(folder), count, executables, given.search)
            for name in given.only:
                measured = measure(WORK[name], sites, given.runs, given.sample)
                ours = measured[sites[0].title].costs
                for title, figures in measured.items():
                    print(row(WORK[name].title, title, figures, ours, given.markdown))
                print(end="" if given.markdown else "\n", flush=True)


def measure(
    work: Work, sites: Sequence[Site], runs: int, sample: bool
) -> Mapping[str, Measured]:
    """What each site took, by title, in `runs` turns.

    With `sample`, a turn more comes first, in which only memory is looked at.
    """
    together = _turn(work, sites, 0, _memory) if sample else {}
    turns = [_turn(work, sites, number, _build) for number in range(1, runs + 1)]
    return {
        site.title: Measured(
            costs=[turn[site.title][0] for turn in turns],
            written=statistics.median(turn[site.title][1] for turn in turns),
            together=together.get(site.title, 0),
        )
        for site in sites
    }


def _turn(
    work: Work, sites: Sequence[Site], number: int, figures: Callable[[Site], Found]
) -> Mapping[str, Found]:
    """What `figures` finds at a build of each site, by title."""
    found = {}
    _settle(work, sites)
    for site in sites:
        evidence = work.do(site, number)
        found[site.title] = figures(site)
        site.check(evidence)
    return found


def _build(site: Site) -> tuple[Cost, float]:
    """What a build takes, and how many MiB it writes."""
    before = site.stamps()
    cost = run(site.command, site.root)
    written = site.stamps().items() - before.items()
    return cost, sum(size for _, (_, size, _) in written) / 2**20


def _memory(site: Site) -> float:
    return memory_of_all(site.command, site.root)


def _settle(work: Work, sites: Sequence[Site]) -> None:
    """Waits, builds each site and waits; in vain before a cold build.

    A file touched within two seconds of a build is not trusted by the next one: here
    all are, as if the last build had been a while ago.
    """
    if work is WORK["cold"]:
        return
    time.sleep(TRUSTED)
    for site in sites:
        run(site.command, site.root)
    time.sleep(TRUSTED)


def _warm_up(executables: Mapping[str, str], search: Sequence[str]) -> None:
    """Builds small sites, so that no build is measured which compiles the program.

    Installing compiles it too, but not where it is installed to be edited.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        for site in _sites(Path(folder), _FEW, executables, search):
            run(site.command, site.root)


def _sites(
    folder: Path, count: int, executables: Mapping[str, str], search: Sequence[str]
) -> list[Site]:
    """The sites to build, that of `blog` first, with the same posts."""
    posts = folder / "posts"
    corpus.write(count, posts)
    ours, *peers = executables
    return [
        *(blog_site(executables[ours], folder / f"blog-{s}", posts, s) for s in search),
        *(peer_site(name, executables[name], folder / name, posts) for name in peers),
    ]


def _executables(given: argparse.Namespace) -> dict[str, str]:
    """The programs that are there, by name; `blog` comes first and must be there."""
    beside = str(Path(sys.executable).parent)
    found = {
        name: shutil.which(getattr(given, name) or name)
        for name in ("blog", *given.peers)
    }
    found["blog"] = found["blog"] or shutil.which("blog", path=beside)
    for name, path in found.items():
        if path is None and (name == "blog" or getattr(given, name)):
            sys.exit(f"there is no program {getattr(given, name) or name!r}")
        if path is None:
            print(f"{name} is not installed and left out", file=sys.stderr)
    # Each runs in the folder of its site.
    return {name: str(Path(p).absolute()) for name, p in found.items() if p}


def _arguments() -> argparse.Namespace:
    peers = [name for name in PROGRAMS if name != "blog"]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("posts", type=int, nargs="*", default=[1000])
    parser.add_argument("--runs", type=int, default=3, help="turns to measure")
    parser.add_argument(
        "--only",
        type=_among(list(WORK)),
        default=list(WORK),
        metavar="WORK,...",
        help=", ".join(WORK),
    )
    parser.add_argument(
        "--peers",
        type=_among(peers),
        default=peers,
        metavar="PEER,...",
        help=f"those of {', '.join(peers)} to measure where they are installed",
    )
    parser.add_argument(
        "--search",
        type=_among(["off", "titles", "full"]),
        default=["off"],
        metavar="KIND,...",
        help="search of blog: off, titles, full; a site for each",
    )
    for name in PROGRAMS:
        parser.add_argument(f"--{name}", metavar="PATH", help="where it is")
    parser.add_argument(
        "--no-sample",
        dest="sample",
        action="store_false",
        help="leave out the turn that looks at the memory of all processes",
    )
    parser.add_argument("--markdown", action="store_true", help="a table for a README")
    return parser.parse_args()


def _among(known: Sequence[str]) -> Callable[[str], list[str]]:
    """Reads words of `known` with commas between them."""

    def words(text: str) -> list[str]:
        found = text.split(",") if text else []
        for word in found:
            if word not in known:
                raise argparse.ArgumentTypeError(
                    f"no {word!r} among {', '.join(known)}"
                )
        return found

    return words


if __name__ == "__main__":
    main()
