"""Code between `{% highlight %}` and its end, to a fence that Markdown reads."""

import re
from html import escape
from typing import TextIO

from liquid.ast import BlockNode, Node
from liquid.context import RenderContext
from liquid.exceptions import LiquidSyntaxError
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_CONTENT, TOKEN_EXPRESSION, TOKEN_TAG, Token

from blog.highlight import colour
from blog.liquid.running import Context, Lines

_MARKUP = re.compile(r"(?P<language>[\w+#.-]+)(?P<options>.*)", re.DOTALL)
_MARKED = re.compile(r"(?:mark_lines|hl_lines)\s*=\s*[\"']?([\d\s-]+)")


class HighlightTag(Tag):
    """`{% highlight ruby linenos mark_lines="1 2" %}`."""

    name = "highlight"
    end = "endhighlight"

    def parse(self, stream: TokenStream) -> Node:
        """The language with its options, and the code."""
        token = stream.eat(TOKEN_TAG)
        found = _MARKUP.match(stream.expect(TOKEN_EXPRESSION).value)
        if found is None:
            raise LiquidSyntaxError("it names no language", token=token)
        next(stream)
        block = get_parser(self.env).parse_block(stream, (self.end,))
        behind = stream.peek
        is_alone = behind.kind == TOKEN_CONTENT and behind.value.startswith("\n")
        info = _info(found["language"], found["options"])
        return _Highlight(token, info, block, is_alone)


def _info(language: str, options: str) -> str:
    """The language and options in the way of a fence."""
    numbered = " showLineNumbers" if re.search(r"\blinenos\b", options) else ""
    marked = _MARKED.search(options)
    lines = ",".join(marked[1].split()) if marked else ""
    return f"{language}{numbered}{f' {{{lines}}}' if lines else ''}"


class _Highlight(Node):
    def __init__(
        self, token: Token, info: str, block: BlockNode, is_alone: bool
    ) -> None:
        super().__init__(token)
        self.blank = False
        self.info = info
        self.block = block
        self.is_alone = is_alone

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """A fence; in a post that is HTML, the code in colours."""
        assert isinstance(context, Context)
        inner = Lines()
        if isinstance(buffer, Lines):
            inner.line = buffer.line
        self.block.render(context, inner)
        text = inner.getvalue()
        code = re.sub(r"\A\s*\n", "", text.rstrip())
        if not context.run.source.markdown:
            return buffer.write(_html(code, self.info.split()[0]))
        first = text[: text.find(code)].count("\n") if code else 0
        if not isinstance(buffer, Lines):
            return buffer.write(f"\n\n{_fence(code, self.info, '')}")
        return self._write(buffer, code, inner.origin[first:])

    def _write(self, buffer: Lines, code: str, origin: list[int]) -> int:
        """Puts the fence on lines of its own, in the list in which it stands."""
        before, _, line = buffer.tail.rpartition("\n")
        indent = "" if line.strip() else line
        if line.strip():
            buffer.write("\n")
        # In a block of HTML, Markdown begins below an empty line.
        if before.rpartition("\n")[2].lstrip().startswith("<") or line.strip():
            buffer.write(f"\n{indent}")
        fence = _fence(code, self.info, indent).removeprefix(indent)
        last = buffer.line
        for number, each in enumerate(fence.splitlines(keepends=True)):
            buffer.follows = False
            if 0 < number <= len(origin):
                buffer.line = origin[number - 1]
            elif number:
                buffer.line = max(last, buffer.line)
            if not each.endswith("\n") and not self.is_alone:
                each = f"{each}\n"
            buffer.write(each)
        return len(fence)


def _fence(code: str, info: str, indent: str) -> str:
    """A fence longer than any in the code, each line indented; no break at its end."""
    runs = re.findall("`{3,}", code)
    marks = "`" * (max(map(len, runs), default=2) + 1)
    lines = [each.removeprefix(indent) for each in code.split("\n")]
    inner = "".join(f"{indent}{each}\n" if each else "\n" for each in lines)
    return f"{indent}{marks}{info}\n{inner}{indent}{marks}"


def _html(code: str, language: str) -> str:
    html = colour(code, language) or escape(code, quote=False)
    return (
        '<figure class="code"><pre tabindex="0">'
        f'<code class="language-{escape(language.lower())}">{html.rstrip()}\n'
        "</code></pre></figure>\n"
    )
