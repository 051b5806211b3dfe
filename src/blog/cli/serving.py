"""`blog serve`: says where the site is to be seen, then what came of every edit."""

import os
import signal
import sys
import time
import traceback
import webbrowser
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blog import __version__
from blog.cli.call import Call, site_options
from blog.cli.keys import listening
from blog.cli.show import counted, found_in
from blog.diagnostics import Report, shown

if TYPE_CHECKING:
    from blog.config import Serve
    from blog.serve import Rebuilt, Settings

_HERE = "127.0.0.1"
_EVERYWHERE = "0.0.0.0"


@click.command("serve")
@click.option(
    "--host",
    default=_HERE,
    is_flag=False,
    flag_value=_EVERYWHERE,
    help="Address to listen on; without one, all of this machine.",
)
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--open", "opens", is_flag=True, help="Open a browser.")
@click.option("--no-drafts", is_flag=True, help="Only what readers will see.")
@site_options
def serve_command(
    call: Call, *, host: str, port: int | None, opens: bool, no_drafts: bool
) -> int:
    """Show the site while you write; every save appears at once."""
    # A server is over when somebody ends it; the libraries cost nothing elsewhere.
    from blog.cli.progress import Progress
    from blog.serve import Preview, bound

    config = _serve_config(call)
    listener = bound(host, port or config.port, is_asked=port is not None)
    number = listener.getsockname()[1]
    teller = _Teller(call)
    settings = _settings(call, host, config, no_drafts=no_drafts)
    with closing(Preview(settings, listener, teller.tell, teller.crashed)) as preview:
        progress = Progress(quiet=call.quiet or call.as_json)
        with closing(progress):
            began = preview.begin(progress)
        teller.welcome(began, host, number, no_drafts=no_drafts)
        if preview.is_polling:
            call.say("changes are looked for twice a second: nobody tells of them here")
        here = f"http://{_name_of(host)}:{number}/"
        if opens:
            webbrowser.open(here)
        keys = {
            "o": lambda: webbrowser.open(here),
            "r": preview.again,
            "q": lambda: os.kill(os.getpid(), signal.SIGINT),
        }
        try:
            with listening(keys) as is_heard:
                call.say(_KEYS if is_heard else _NO_KEYS)
                preview.run()
        except KeyboardInterrupt:
            call.say("\nended")
    return 0


_KEYS = "  o opens a browser, r builds everything anew, q or Ctrl-C ends this"
_NO_KEYS = "  Ctrl-C ends this"


def _serve_config(call: Call) -> "Serve":
    """`[serve]` of the site; the defaults where that cannot be read."""
    from blog.config import Serve, read_settings
    from blog.snapshot import settings_of

    config, _ = read_settings(settings_of(call.root, call.config), Report())
    return config.serve if config else Serve()


def _settings(call: Call, host: str, config: "Serve", *, no_drafts: bool) -> "Settings":
    import socket

    from blog.build import Options
    from blog.serve import LOOPBACK, Settings

    options = Options(
        drafts=call.drafts or not no_drafts,
        future=call.future or not no_drafts,
        base_url=call.base_url,
    )
    own = socket.gethostname().lower()
    is_here = host in LOOPBACK
    return Settings(
        root=call.root,
        config=call.config,
        output=call.output,
        options=options,
        host=host,
        names=() if is_here else (own, f"{own}.local"),
        editor=config.editor,
        jobs=call.jobs,
    )


def _name_of(host: str) -> str:
    """What to write into the browser of this machine."""
    if host in (_EVERYWHERE, "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host


class _Teller:
    """Says what happens: a line for every turn, and mistakes when they are others."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._said: tuple[object, ...] = ()

    def welcome(
        self, began: "Rebuilt", host: str, port: int, *, no_drafts: bool
    ) -> None:
        """What there is to be seen, and where."""
        from blog.serve import LOOPBACK

        self._show(began)
        call = self._call
        address = f"http://{_name_of(host)}:{port}/"
        what = "without drafts" if no_drafts else "drafts and future posts shown"
        call.put("serving", address=address, drafts=not no_drafts)
        call.say(f"blog {__version__}, ready in {began.seconds:.1f} s")
        call.say(f"  {address}   {what}")
        call.say(f"  {address}_blog/   all posts and their state")
        if host in LOOPBACK:
            call.say("  Alt-click on a paragraph opens it in your editor")
        else:
            self._invite(host, port)

    def _invite(self, host: str, port: int) -> None:
        """What other machines need, and what its owner should know of that."""
        import segno

        from blog.serve import address_here

        name = address_here() if host in (_EVERYWHERE, "::") else host
        if name:
            address = (
                f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"
            )
            self._call.say(f"  {address}   on other devices in this network")
            if sys.stdout.isatty():
                segno.make(address).terminal(out=sys.stdout, compact=True, border=2)
        self._call.say(
            "  warning: whoever is in this network can read your site, drafts included"
        )

    def tell(self, made: "Rebuilt") -> None:
        """One turn of the loop."""
        self._show(made)
        errors = [d for d in made.diagnostics if d.severity == "error"]
        pages = sum(name.endswith(".html") for name in made.changed)
        milliseconds = round(made.seconds * 1000)
        first = made.shown_after
        self._call.put(
            "rebuilt",
            ok=not errors,
            edits=list(made.edits),
            changed=list(made.changed),
            milliseconds=milliseconds,
            first=None if first is None else round(first * 1000),
        )
        what = _list(made.edits) or "the site"
        if errors:
            came = f"{found_in(made.diagnostics)}; the last good pages stay"
        else:
            files = len(made.changed) - pages
            came = counted(pages, "page") + (
                f", {counted(files, 'file')}" if files else ""
            )
        early = "" if first is None else f", what you look at in {first * 1000:.0f} ms"
        self._call.say(shown(f"{_clock()} {what} → {came} in {milliseconds} ms{early}"))

    def crashed(self, error: Exception) -> None:
        """A mistake of ours: one line, and the rest in a file."""
        place = self._call.root / ".blog" / "crash.txt"
        name = type(error).__name__
        line = f"error: this is a bug in blog, not in your site ({name})"
        try:
            place.parent.mkdir(exist_ok=True)
            text = "".join(traceback.format_exception(error))
            place.write_text(text, encoding="utf-8")
            line += f"; what happened is in {place}"
        except OSError:
            pass
        click.echo(line, err=True)

    def _show(self, made: "Rebuilt") -> None:
        if made.diagnostics != self._said:
            self._call.show(made.diagnostics)
        self._said = made.diagnostics


def _list(paths: Iterable[str]) -> str:
    """Paths, the first few by name."""
    names = list(paths)
    if len(names) <= 2:
        return ", ".join(names)
    kinds = Counter(Path(name).parent.as_posix() for name in names)
    most = ", ".join(f"{folder}/ ({n})" for folder, n in kinds.most_common(2))
    return f"{len(names)} files: {most}"


def _clock() -> str:
    return time.strftime("%H:%M:%S")
