"""`python -m blog`, for where the `blog` command is not on the path."""

from blog.cli import run

run()
