"""What a block holds: scalars as written, fields with their places, faults."""

from dataclasses import dataclass
from typing import Any


class Scalar(str):
    """A value as written, which remembers whether it stood without quotes."""

    plain: bool

    def __new__(cls, text: str, *, plain: bool) -> "Scalar":
        scalar = super().__new__(cls, text)
        scalar.plain = plain
        return scalar

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, bool]]:
        return (str(self),), {"plain": self.plain}

    def __repr__(self) -> str:
        """Tells quoted from plain, so that digests of facts do."""
        return f"{'plain' if self.plain else 'quoted'} {super().__repr__()}"


@dataclass
class Fault(Exception):
    """Why a block cannot be read; the line is counted in the block, 1-based."""

    code: str
    message: str
    line: int = 0
    column: int = 0
    hint: str = ""


class Fields(dict[str, Any]):
    """Values by name, and where the names stand in the block."""

    def __init__(self) -> None:
        super().__init__()
        self.spots: dict[str, tuple[int, int]] = {}
        """Line and column of each name, 1-based."""
        self.repeats: list[tuple[str, tuple[int, int]]] = []
        """Names that are given again, with the later place."""
