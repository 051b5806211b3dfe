"""A text being rewritten, which knows for each line the line it came from."""

from bisect import bisect_right
from itertools import accumulate


class Sheet:
    """The new text: the old one, but for the places that are replaced, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._pieces: list[str] = []
        self._origin = [0]
        self._done = 0

    def line(self, place: int) -> int:
        """The index of the line at a place of the old text."""
        return bisect_right(self._starts, place) - 1

    def start_of_line(self, place: int) -> int:
        """Where the line of a place begins."""
        return self._starts[self.line(place)]

    def end_of_line(self, place: int) -> int:
        """Where the line of a place ends, before its line break."""
        return self._starts[self.line(place) + 1] - 1

    def replace(self, start: int, end: int, new: str) -> None:
        """Writes `new` for what stands from `start` to `end`."""
        self._copy(start)
        self._pieces.append(new)
        self._origin += [self.line(start)] * new.count("\n")
        self._done = end

    def _copy(self, until: int) -> None:
        piece = self.text[self._done : until]
        self._pieces.append(piece)
        if breaks := piece.count("\n"):
            first = self.line(self._done) + 1
            self._origin += range(first, first + breaks)
        self._done = until

    def finish(self) -> tuple[str, tuple[int, ...] | None]:
        """The new text and the line each line came from; None: line for line."""
        self._copy(len(self.text))
        is_same = self._origin == list(range(len(self._starts) - 1))
        return "".join(self._pieces), None if is_same else tuple(self._origin)
