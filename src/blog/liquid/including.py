"""The files of `_includes`, run where a post asks for them."""

import posixpath
import re
from collections.abc import Iterator
from typing import TextIO

from liquid.ast import Node
from liquid.context import RenderContext
from liquid.exceptions import LiquidSyntaxError
from liquid.expression import Expression
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.template import BoundTemplate
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from blog.diagnostics import Report, suggest
from blog.frontmatter import decode
from blog.liquid.language import Language, expression
from blog.liquid.running import Context, Refused, Run
from blog.liquid.words import rendered
from blog.snapshot import content_of

_NAME = re.compile(r"(?P<name>(?:\{\{[^}]*\}\}|[^\s{])+)\s*")
_PARAMETER = re.compile(
    r"(?P<name>[\w-]+)\s*=\s*"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'"
    r"|(?P<path>[\w.-]+(?:\[[^\]]*\][\w.-]*)*))\s*"
)
_DEEPEST = 30


class IncludeTag(Tag):
    """`{% include file.html name="value" other=page.title %}`."""

    name = "include"
    block = False
    is_relative = False

    def parse(self, stream: TokenStream) -> Node:
        """The name of the file, and the parameters it is handed."""
        token = stream.eat(TOKEN_TAG)
        written = stream.expect(TOKEN_EXPRESSION)
        found = _NAME.match(written.value)
        if found is None:
            raise LiquidSyntaxError("it names no file", token=token)
        named = list(self._parameters(written, found.end()))
        assert isinstance(self.env, Language)
        return _Include(token, found["name"], dict(named), self.is_relative, self.env)

    def _parameters(
        self, written: Token, place: int
    ) -> Iterator[tuple[str, str | Expression]]:
        while place < len(written.value):
            found = _PARAMETER.match(written.value, place)
            if found is None:
                rest = written.value[place : place + 30]
                raise LiquidSyntaxError(f"{rest!r} is no parameter", token=written)
            quoted = found["double"] if found["single"] is None else found["single"]
            if found["path"] is None:
                yield found["name"], re.sub(r"\\(.)", r"\1", quoted or "")
            else:
                yield found["name"], expression(self.env, found["path"], written)
            place = found.end()


class RelativeTag(IncludeTag):
    """`{% include_relative file.md %}`, beside the post."""

    name = "include_relative"
    is_relative = True


class CachedTag(IncludeTag):
    """`{% include_cached file.html %}`; what is cached here is the whole post."""

    name = "include_cached"


class _Include(Node):
    def __init__(
        self,
        token: Token,
        name: str,
        parameters: dict[str, str | Expression],
        is_relative: bool,
        env: Language,
    ) -> None:
        super().__init__(token)
        self.blank = False
        self.env = env
        self.name = name
        self.parameters = parameters
        self.is_relative = is_relative

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """The text of the file, with the parameters as `include.…`."""
        assert isinstance(context, Context)
        name = rendered(self.name, self.token, context)
        path = self._path(name, context.run)
        template = self._template(path, name, context.run)
        values = {
            each: value if isinstance(value, str) else value.evaluate(context)
            for each, value in self.parameters.items()
        }
        context.run.open.append(path)
        try:
            with context.extend({"include": values}):
                for node in template.nodes:
                    node.render(context, buffer)
        finally:
            context.run.open.pop()
        return 0

    def _path(self, name: str, run: Run) -> str:
        root = f"{run.prefix}_includes"
        if self.is_relative:
            root = posixpath.dirname(run.source.path)
        path = posixpath.normpath(posixpath.join(root, name.lstrip("/")))
        if not path.startswith(f"{root}/"):
            raise Refused(f"{name!r} lies outside of {root}", "copy it in there")
        if path in run.open or len(run.open) >= _DEEPEST:
            names = [posixpath.basename(each) for each in (*run.open, path)]
            circle = " → ".join(names[-4:])
            raise Refused(f"the include {name!r} includes itself: {circle}")
        return path

    def _template(self, path: str, name: str, run: Run) -> BoundTemplate:
        known = self.env.templates.get(path)
        if known is None:
            blob = run.facts.get(f"file:{path}")
            text = decode(path, content_of(blob), Report()) if blob else None
            if text is None:
                hint = _near(path, run) or f"put {path} there"
                raise Refused(f"there is no include {name!r}", hint)
            known = self.env.templates[path] = self.env.template(path, text)
        return known


def _near(path: str, run: Run) -> str:
    folder, _, name = path.rpartition("/")
    return suggest(name, run.facts.get(f"listing:{folder}") or ())
