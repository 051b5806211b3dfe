"""Liquid as posts use it: python-liquid, in which no mistake costs more than its tag.

Every tag is guarded: one that cannot be read or run is told and left out, and the rest
of the post stays. Nothing is looked up but what the run hands over.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TextIO

from liquid import BoundTemplate, Environment
from liquid.ast import IllegalNode, Node
from liquid.builtin.expressions import FilteredExpression, tokenize
from liquid.context import RenderContext
from liquid.exceptions import LiquidError
from liquid.expression import Expression
from liquid.parser import Parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import (
    TOKEN_CONTENT,
    TOKEN_EXPRESSION,
    TOKEN_ILLEGAL,
    TOKEN_TAG,
    Token,
)

from blog.diagnostics import Span, suggest
from blog.liquid.lexing import tokens
from blog.liquid.pairing import opened, paired
from blog.liquid.running import Context, Lines, Refused, Run

FAULTS = (LiquidError, ArithmeticError, ValueError, TypeError, LookupError)
"""What filters raise for values that are not of their kind."""
_FOREIGN = ("render", "doc", "include")
"""Tags of Shopify's Liquid that Jekyll has not, or not like that."""


class Language(Environment):
    """The tags and filters of Jekyll; one for each post that is run."""

    block_nesting_limit = 100
    context_depth_limit = 100
    output_stream_limit = 1_000_000
    run: Run
    templates: dict[str, BoundTemplate]
    """Includes that were read, by path."""
    path = ""
    """The file that is being read."""
    breaks: Sequence[int] = ()
    """Where the lines of that file end."""
    pairs: Mapping[int, int] = MappingProxyType({})
    """Where each block of that file ends, by where it begins."""

    def __hash__(self) -> int:
        """Its own: python-liquid remembers parsers by it."""
        return id(self)

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002
        """Those of Liquid; those of Jekyll come with `jekyll`."""
        super().setup_tags_and_filters(extra=False)
        for name in _FOREIGN:
            self.tags.pop(name, None)

    def tokenizer(self) -> Callable[[str], Iterator[Token]]:
        """Ours, which knows where each token stands and loses no text."""
        return self._tokens

    def _tokens(self, source: str) -> Iterator[Token]:
        def tell(place: int, message: str) -> None:
            self.run.warn(self.run.span(self.path, source, place), message)

        self.breaks = [found.start() for found in re.finditer("\n", source)]
        found = tokens(source, tell)
        ends = {name: tag.end for name, tag in self.tags.items() if tag.block}
        ends = {name: end for name, end in ends.items() if end}
        kept, self.pairs = paired(found, ends, lambda t, m: tell(t.start_index, m))
        return iter(kept)

    def template(self, path: str, text: str) -> BoundTemplate:
        """The template in the file `path`; its mistakes are told."""
        before, self.path = self.path, path
        try:
            stream = TokenStream(self._tokens(text))
            return BoundTemplate(self, Parser(self).parse(stream))
        finally:
            self.path = before

    def guard(self) -> None:
        """Puts a guard before every tag; done once, when all are there."""
        guarded = {name: Guard(self, tag) for name, tag in self.tags.items()}
        self.tags.clear()
        self.tags.update(guarded)

    def line(self, token: Token) -> int:
        """The 0-based line of a token of the file that is being read."""
        return bisect_left(self.breaks, token.start_index)

    def place(self, token: Token) -> Span:
        """Where a token of the file that is being read stands."""
        return self.run.span(self.path, token.source, max(token.start_index, 0))


class Guard(Tag):
    """A tag whose mistakes are told, and cost only itself."""

    def __init__(self, env: Language, tag: Tag) -> None:
        super().__init__(env)
        self.name, self.block, self.end = tag.name, tag.block, tag.end
        self.language = env
        self.tag = tag

    def get_node(self, stream: TokenStream) -> Node:
        """The tag's node under guard; one that does nothing if it cannot be read."""
        token, begin = stream.current, stream.pos
        depth = stream.block_depth
        self.language.run.spend(1)
        try:
            node = self.tag.parse(stream)
        except (*FAULTS, RecursionError) as error:
            self._tell(error, token, self.language.place(token))
            stream.block_depth, stream.pos = depth, begin
            if end := self.language.pairs.get(begin):
                self.language.run.spend((end - begin) // 10)
                opened(stream.tokens, begin, end)
            elif stream.peek.kind == TOKEN_EXPRESSION:
                next(stream)
            return IllegalNode(token)
        return Guarded(node, self.language.path, self.language.line(token))

    def _tell(self, error: Exception, token: Token, place: Span) -> None:
        run, tags = self.language.run, self.language.tags
        name = token.value
        if token.kind != TOKEN_TAG or self.name != TOKEN_ILLEGAL:
            hint = _OUT if token.kind == TOKEN_TAG else _SHOW
            run.warn(place, f"{_shown(token)} cannot be read: {_reason(error)}", hint)
        elif name in _INNER:
            run.warn(place, f"'{{% {name} %}}' belongs to nothing, and is left out")
        elif f"end{name}" not in run.told and name not in run.told:
            run.told.update((name, f"end{name}"))
            near = "" if run.is_weary else suggest(name, tags)
            run.warn(place, f"there is no tag {name!r}", near or _OUT)

    def parse(self, stream: TokenStream) -> Node:
        """As the tag that is guarded does."""
        return self.tag.parse(stream)


_OUT = "write what it would put here; it is left out"
_SHOW = "put it between {% raw %} and {% endraw %} if readers are to see it"
_INNER = ("else", "elsif", "when")


class Guarded(Node):
    """A node that says which line is written, and tells what it cannot do."""

    __slots__ = ("inner", "line", "path")

    def __init__(self, inner: Node, path: str, line: int) -> None:
        super().__init__(inner.token)
        self.blank = inner.blank
        self.inner = inner
        self.path = path
        self.line = line

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """What the node gives, within the limits of the run."""
        assert isinstance(context, Context)
        run = context.run
        run.spend(1)
        if isinstance(buffer, Lines):
            is_own = not run.open and self.path == run.source.path
            buffer.follows = is_own and self.token.kind == TOKEN_CONTENT
            if is_own:
                buffer.line = self.line
        try:
            return self.inner.render(context, buffer)
        except (*FAULTS, RecursionError) as error:
            hint = error.hint if isinstance(error, Refused) else _OUT
            reason = _reason(error)
            told = isinstance(error, Refused)
            message = reason if told else f"{_shown(self.token)} fails: {reason}"
            place = run.span(self.path, self.token.source, self.token.start_index)
            run.warn(place, message, hint)
            return 0


def _shown(token: Token) -> str:
    """The tag or output as its author knows it, shortened."""
    text = f"{{% {token.value} %}}" if token.kind == TOKEN_TAG else token.value
    short = " ".join(text.split())
    return f"'{short[:60]}…'" if len(short) > 60 else f"'{short}'"


def _reason(error: Exception) -> str:
    """What is wrong, on one line."""
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    message = error.args[0] if error.args else type(error).__name__
    return " ".join(str(message).split())


def language(run: Run) -> Language:
    """Liquid with its own tags and filters, for one run."""
    env = Language()
    env.run, env.templates = run, {}
    return env


def variables(env: Language, template: BoundTemplate, names: dict[str, Any]) -> Context:
    """The variables that a template begins with."""
    context = Context(template, globals=names)
    context.run = env.run
    return context


def expression(env: Environment, text: str, token: Token) -> Expression:
    """An expression with filters, as it stands in an output."""
    return FilteredExpression.parse(env, TokenStream(tokenize(text, token)))
