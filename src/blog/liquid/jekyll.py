"""A post through Liquid with all that Jekyll adds to it."""

from collections.abc import Callable

from blog.engine import Reader
from blog.liquid.arrays import ARRAYS
from blog.liquid.coding import HighlightTag
from blog.liquid.filters import TEXTS, limited
from blog.liquid.including import CachedTag, IncludeTag, RelativeTag
from blog.liquid.knowing import Page, Site
from blog.liquid.language import Language, language, variables
from blog.liquid.linking import LinkTag, PostUrlTag
from blog.liquid.plugins import PLUGINS, PluginTag
from blog.liquid.running import Exhausted, Lines, Run
from blog.model import Prepared, Source

TAGS = (HighlightTag, PostUrlTag, LinkTag, IncludeTag, RelativeTag, CachedTag)


def rendered(source: Source, facts: Reader, to_html: Callable[[str], str]) -> Prepared:
    """The text of a post after Liquid; it stays as it is if it takes too much."""
    run = Run(source=source, facts=facts, to_html=to_html)
    env = _jekyll(run)
    lines = Lines()
    try:
        template = env.template(source.path, source.text)
        context = variables(env, template, {"site": Site(run), "page": Page(run)})
        for node in template.nodes:
            node.render(context, lines)
    except Exhausted:
        facts.report.error(
            "liquid",
            run.span(source.path, source.text, 0),
            "the Liquid of this post takes more than a post may",
            hint="make its loops shorter, or write out what they would give",
        )
        return Prepared(text=source.text)
    last = source.text.count("\n")
    origin = tuple(min(line, last) for line in lines.origin)
    return Prepared(text=lines.getvalue(), origin=origin)


def _jekyll(run: Run) -> Language:
    env = language(run)
    for tag in TAGS:
        env.add_tag(tag)
    for name in PLUGINS:
        env.tags[name] = PluginTag(env)
    env.guard()
    for name, each in {**env.filters, **TEXTS, **ARRAYS}.items():
        env.add_filter(name, limited(name, each))
    return env
