"""A bar for those who wait while a site is sent."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blog.deploy import File


class Sending:
    """Shows on a terminal how much has been sent; it is told each path."""

    def __init__(self, files: "Mapping[str, File]", *, quiet: bool) -> None:
        self._files = files
        self._total = sum(file.size for file in files.values())
        self._is_shown = sys.stderr.isatty() and not quiet
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> "Sending":
        if self._is_shown:
            # rich costs 40 ms, and is only there when somebody waits anyway.
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                DownloadColumn,
                Progress,
                TextColumn,
                TransferSpeedColumn,
            )

            self._bar = Progress(
                TextColumn("sending"),
                BarColumn(),
                DownloadColumn(),
                TransferSpeedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            # Till the first file is told of, all that is known is that it goes on.
            self._task = self._bar.add_task("", total=None)
            self._bar.start()
        return self

    def __call__(self, path: str) -> None:
        if self._bar is not None and path in self._files:
            size = self._files[path].size
            self._bar.update(self._task, total=self._total, advance=size)

    def __exit__(
        self,
        _: type[BaseException] | None,
        __: BaseException | None,
        ___: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
