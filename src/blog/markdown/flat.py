"""HTML as it reads where neither our style sheet nor a choice of tabs is there."""

from selectolax.lexbor import LexborHTMLParser, LexborNode


def flatten(tree: LexborHTMLParser, html: str) -> None:
    """Takes out of `tree`, which is made of `html`, what needs a style sheet."""
    if 'class="tabs' in html:
        show_all_tabs(tree)
    if ' data-n="' in html:
        _drop_numbers(tree)


def show_all_tabs(tree: LexborHTMLParser) -> None:
    """Variants one after another, each below its label."""
    for node in tree.css(".tabs > input"):
        node.decompose()
    for label in tree.css(".tabs > label"):
        html = f"<p><strong>{label.inner_html}</strong></p>"
        label.replace_with(_only(html))  # type: ignore[arg-type]
    for node in tree.css(".tabs, .tab"):
        for name in ("class", "role", "aria-label", "data-group"):
            if name in node.attrs:
                del node.attrs[name]


def _drop_numbers(tree: LexborHTMLParser) -> None:
    """Lines without their numbers, which only a style sheet would show."""
    for node in tree.css("span.line"):
        node.unwrap()
    for node in tree.css("[data-n]"):
        del node.attrs["data-n"]


def _only(html: str) -> LexborNode | None:
    return LexborHTMLParser(html, is_fragment=True).css_first("*")
