"""A new site that builds at once: the least a person needs to begin."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from blog.diagnostics import Abort


def init(folder: Path, today: date) -> tuple[str, ...]:
    """Writes a first site into `folder`; the paths that were written, sorted.

    Nothing is ever overwritten: where one of the files exists, `Abort` is raised and
    nothing is written.
    """
    files = {path: text.replace("TODAY", str(today)) for path, text in _FILES.items()}
    taken = next((path for path in files if (folder / path).exists()), "")
    if taken:
        raise Abort(
            f"{folder / taken} exists already, so nothing was written",
            hint="name another folder: blog init DIR",
        )
    try:
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise Abort(f"cannot write {error.filename}: {reason}") from None
    return tuple(files)


_FILES: Mapping[str, str] = MappingProxyType(
    {
        ".gitignore": "/public/\n/.blog/\n",
        "content/about.md": """\
---
title: About
---

A few words on who writes here, and how to reach them.
""",
        "content/posts/hello.md": """\
---
title: Hello
date: TODAY
tags: [notes]
---

This paragraph stands in lists; the mark below ends it.

<!-- more -->

Posts are Markdown files in `content/posts/`. Change this one, or write another beside
it, and run `blog build` again.
""",
        "site.toml": """\
title = "A blog"
base_url = "https://example.org"     # the address readers will use
description = ""                     # one sentence for lists and search engines
language = "en"
timezone = "UTC"                     # what a date without a time zone means

[author]
name = ""
role = ""
location = ""
email = ""
""",
    }
)
