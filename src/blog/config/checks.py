"""What types cannot say of `[budget]` and `[comments]`."""

import re

from blog.config.places import locate
from blog.config.schema import Config
from blog.diagnostics import Report


def check_budget(config: Config, text: str, report: Report) -> None:
    """Limits are sizes in bytes."""
    for name in ("page", "script"):
        limit: int = getattr(config.budget, name)
        if limit < 0:
            report.error(
                "config-value",
                locate(text, ("budget", name)),
                f"'budget.{name}' is a number of bytes, not {limit}",
                hint="0 sets no limit",
            )


_NEEDED = {
    "giscus": ("repo", "repo_id", "category", "category_id"),
    "utterances": ("repo",),
}
"""What each kind of comments cannot do without."""


def check_comments(config: Config, text: str, report: Report) -> None:
    """Comments of others need to know where they are kept."""
    comments = config.comments
    missing = [n for n in _NEEDED.get(comments.kind, ()) if not getattr(comments, n)]
    if missing:
        report.error(
            "config-key",
            locate(text, ("comments", "kind")),
            f"{comments.kind} needs {', '.join(missing)}",
            hint=f"the form at {_FORMS[comments.kind]} tells them",
        )
    if comments.repo and not re.fullmatch(r"[\w.-]+/[\w.-]+", comments.repo):
        report.error(
            "config-value",
            locate(text, ("comments", "repo")),
            f"'comments.repo' is no repository of GitHub: {comments.repo!r}",
            hint='write it like "ada/blog"',
        )


_FORMS = {"giscus": "https://giscus.app", "utterances": "https://utteranc.es"}
