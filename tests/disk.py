"""Sites on a real disk, for the tests of what lies at the edge of the program."""

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from blog.diagnostics import plain
from blog.model import Artifact, Snapshot
from blog.publish import Publication, Trees
from blog.snapshot import take_snapshot

NOW = datetime(2030, 1, 1, tzinfo=UTC)
TOML = 'title = "Test"\nbase_url = "https://example.org"\n'


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """A site on the disk, with the least `site.toml` if it has none yet."""
    default = {} if (root / "site.toml").exists() else {"site.toml": TOML}
    for name, text in {**default, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def taken(root: Path, output: str = "public") -> Snapshot:
    """The snapshot of the site in `root`, on 1 January 2030."""
    return take_snapshot(root, output=root / output, now=NOW)


def names(snapshot: Snapshot) -> list[str]:
    """The paths of all files of a snapshot, in its order."""
    return list(snapshot.files)


def told(snapshot: Snapshot) -> str:
    """What the walk over the disk had to say, as it is shown."""
    return "\n".join(plain(d) for d in snapshot.diagnostics)


def tree(folder: Path) -> dict[str, str]:
    """All that lies below a folder, by path: text; folders and links as such."""
    return {str(p.relative_to(folder)): _shown(p) for p in sorted(folder.rglob("*"))}


def publish(
    artifacts: Mapping[str, Artifact],
    output: Path,
    root: Path,
    trees: Trees | None = None,
) -> Trees:
    """Publishes a build that is finished; `trees` is what the one before has left."""
    with closing(Publication(output, root, trees or Trees())) as publication:
        return publication.finish(artifacts)


def _shown(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    return "<folder>" if path.is_dir() else path.read_bytes().decode(errors="replace")
