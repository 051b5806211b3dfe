"""What the server shows at this moment; written by the loop, read by the answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from blog.diagnostics import Diagnostic
from blog.model import Snapshot
from blog.serve.table import Table

Line = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems:
    """What is to be said of the site; with errors, what is shown is an older state."""

    errors: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> "Problems":
        found = tuple(diagnostics)
        return cls(
            errors=tuple(d for d in found if d.severity == "error"),
            warnings=tuple(d for d in found if d.severity != "error"),
        )


@dataclass(slots=True)
class Shown:
    """Each field is replaced whole, so that whoever reads one sees one state of it."""

    table: Table = field(default_factory=Table)
    problems: Problems = field(default_factory=Problems)
    snapshot: Snapshot = field(default_factory=lambda: Snapshot(files={}))
    """The sources of what is shown, or of what has errors."""
    went: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """New address by output path, of pages whose source was renamed while we looked."""
