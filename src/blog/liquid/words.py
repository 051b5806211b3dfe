"""Tags followed by words, in which outputs may stand: `{% link {{ x }}.md %}`."""

import re
from typing import TextIO

from liquid.ast import Node
from liquid.context import RenderContext
from liquid.stream import TokenStream
from liquid.stringify import to_liquid_string
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from blog.liquid.language import expression
from blog.liquid.running import Context, Run


class Words(Node):
    """Such a tag as it is run."""

    def __init__(self, token: Token, written: str) -> None:
        super().__init__(token)
        self.blank = False
        self.written = written

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """What the tag gives for its words."""
        assert isinstance(context, Context)
        words = rendered(self.written, self.token, context)
        return buffer.write(self.text(words, context.run))

    def text(self, words: str, run: Run) -> str:
        """What readers see; may be empty, with the reason told."""
        raise NotImplementedError


class WordsTag(Tag):
    """Such a tag as it is read, without an end."""

    block = False
    node = Words
    needs_words = True

    def parse(self, stream: TokenStream) -> Node:
        """The words as they are written; empty if there are none, and need not be."""
        token = stream.expect(TOKEN_TAG)
        if stream.peek.kind != TOKEN_EXPRESSION and not self.needs_words:
            return self.node(token, "")
        next(stream)
        return self.node(token, stream.expect(TOKEN_EXPRESSION).value.strip())


_OUTPUT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def rendered(text: str, token: Token, context: RenderContext) -> str:
    """A part of a tag, in which outputs may stand."""

    def value(found: re.Match[str]) -> str:
        given = expression(context.env, found[1].strip(), token).evaluate(context)
        return to_liquid_string(given, autoescape=False)

    return _OUTPUT.sub(value, text)
