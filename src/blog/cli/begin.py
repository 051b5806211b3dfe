"""Commands that begin something: a site, a post."""

from datetime import UTC, datetime
from pathlib import Path

import click

from blog.cli.call import EXIT_USAGE, FOLDER, Call, site_options
from blog.diagnostics import Report


@click.command("init")
@click.argument("folder", type=FOLDER, default=".")
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab"]),
    help="Also what makes this host build and deploy; alone, where there is a site.",
)
def init_command(folder: Path, ci: str | None) -> int:
    """Begin a new site in FOLDER; nothing is overwritten."""
    from blog.init import init, init_ci, installed_as

    is_new = not (ci and (folder / "site.toml").is_file())
    # The first post is dated by the day on which it is written.
    today = datetime.now(UTC).date()  # noqa: TID251
    paths = list(init(folder, today)) if is_new else []
    if ci:
        install = installed_as()
        paths.append(init_ci(folder, ci, _zone_of(folder), install))
        if "=" not in install and "@" not in install:
            click.echo(
                f"note: say in {paths[-1]} where pip finds this program", err=True
            )
    for path in paths:
        click.echo(f"wrote {folder / path}")
    go = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"Now: {go}blog build" if is_new else f"Now: {go}blog deploy --dry-run")
    return 0


def _zone_of(folder: Path) -> str:
    """The time zone of the site; that of all, if its settings cannot be used."""
    from blog.config import read_settings
    from blog.snapshot import settings_of

    config, _ = read_settings(settings_of(folder), Report())
    return config.timezone if config else "UTC"


@click.command("new")
@click.argument("title", nargs=-1, required=True)
@click.option("--draft", is_flag=True, help="Keep it out of the site for now.")
@click.option("--folder", is_flag=True, help="In a folder, for pictures beside it.")
@click.option("--edit", is_flag=True, help="Open it in your editor.")
@site_options
def new_command(
    call: Call, title: tuple[str, ...], draft: bool, folder: bool, edit: bool
) -> int:
    """Begin a post called TITLE in the right place."""
    from blog.config import read_settings
    from blog.new import new_post
    from blog.snapshot import settings_of

    report = Report()
    config, _ = read_settings(settings_of(call.root, call.config), report)
    call.show(report.found)
    if config is None:
        return EXIT_USAGE
    # A post is dated by the day on which it is begun.
    now = datetime.now(UTC)  # noqa: TID251
    path = new_post(
        call.root, config, " ".join(title), now=now, draft=draft, folder=folder
    )
    call.put("post", source=str(path))
    call.say(f"wrote {path}")
    if edit:
        click.edit(filename=str(path))
    return 0
