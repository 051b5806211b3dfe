"""Templates: the Jinja environment, its filters, and what can go wrong in a template.

Templates come from the site's `templates/`, laid over the packaged ones, which also
answer as `default/…`. Each template that a page loads is recorded as a read, present or
absent, so that a page is stale exactly when one of them changes.
"""

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import lru_cache
from threading import RLock
from types import CodeType
from typing import Any, TypeVar

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
)
from markupsafe import Markup, escape

from blog.engine import Reader
from blog.slugs import encoded
from blog.theme.faults import FAULTS, FOLDER, AssetMissing, tell
from blog.theme.filters import FILTERS, direction
from blog.theme.policy import POLICY, with_policy
from blog.wording import Wording

__all__ = [
    "FILTERS",
    "SiteView",
    "Theme",
    "absolute",
    "asset_in",
    "lang_in",
    "link_in",
    "link_to",
]


_AnyEnvironment = TypeVar("_AnyEnvironment", bound=Environment)


class _Undefined(StrictUndefined):
    """Absent names may be asked for in `{% if %}`, but never printed."""

    def __bool__(self) -> bool:  # type: ignore[override]
        return False


class _Loader(BaseLoader):
    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates

    def get_source(
        self, _environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        if template not in self.templates:
            raise TemplateNotFound(template)
        return self.templates[template], f"{FOLDER}{template}", lambda: True


_WORDING: ContextVar[Wording | None] = ContextVar("wording", default=None)
"""That of the page in hand; pages may be rendered in several threads."""
_ONE_AT_A_TIME = RLock()


class _Template(Template):
    """Runs anew each time it is imported, so that what it imports is recorded too."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        with _ONE_AT_A_TIME:
            self._module = None
            return super()._get_default_module(ctx)


class _Environment(Environment):
    """Records every template that a page asks for."""

    template_class = _Template

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._loaded: dict[str, Template] = {}

    @property
    def wording(self) -> Wording | None:
        """The words for the page that is rendered in this thread."""
        return _WORDING.get()

    def make_globals(self, d: Any) -> Any:
        """As they are: each part of a page walks them, and chains are slow to walk."""
        return super().make_globals(d) if d else self.globals

    def get_template(
        self, name: Any, parent: Any = None, globals: Any = None
    ) -> Template:
        self._record(name)
        # Jinja's own cache takes longer than most parts of a page.
        if globals is None and name in self._loaded:
            return self._loaded[name]
        template = super().get_template(name, parent, globals)
        return self._loaded.setdefault(name, template) if globals is None else template

    def select_template(
        self, names: Any, parent: Any = None, globals: Any = None
    ) -> Template:
        for name in names:
            self._record(name)
            if isinstance(name, Template) or name in self.loader.templates:  # type: ignore[union-attr]
                break
        return super().select_template(names, parent, globals)

    def compile(  # type: ignore[override]
        self, source: str, name: str, filename: str, *_: Any
    ) -> CodeType:
        return _compiled(source, name, filename)

    def _record(self, name: Any) -> None:
        wording = _WORDING.get()
        if wording is not None and isinstance(name, str):
            wording.facts.get(f"template:{name}")


@lru_cache(maxsize=512)
def _compiled(source: str, name: str, filename: str) -> CodeType:
    """The code of a template: 5 ms that the next build in this process need not pay."""
    return _configured(Environment()).compile(source, name, filename)


def _configured(environment: _AnyEnvironment) -> _AnyEnvironment:
    """With everything that decides what a template means."""
    environment.undefined = _Undefined
    environment.autoescape = True
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(FILTERS)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment


class Theme:
    """Renders pages from one set of templates."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates
        loader = _Loader(templates)
        self._env = _configured(_Environment(loader=loader, auto_reload=False))

    def render(self, name: str, context: Mapping[str, Any], facts: Reader) -> str:
        """The page as text; empty, with an error told, if the template fails."""
        wording = Wording(facts)
        page = _WORDING.set(wording)
        try:
            template = self._env.get_template(name)
            html = template.render(context, say=say_in(wording), policy=POLICY)
            return with_policy(html)
        except FAULTS as error:
            tell(error, name, self._templates, facts.report)
        finally:
            _WORDING.reset(page)
        return ""


class SiteView:
    """`site` in templates: each name is a fact of its own, so a page reads narrowly."""

    def __init__(self, facts: Reader) -> None:
        self._facts = facts

    def __getattr__(self, name: str) -> Any:
        """Called but once for each name: the value stays as an attribute."""
        value = self._facts.get(f"site:{name}")
        if value is None:
            raise AttributeError(name)
        self.__dict__[name] = value
        return value


_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def link_to(facts: Reader) -> Callable[[str], str]:
    """`url(address)`: an address of the site as it is written in a page."""
    written: dict[str, str] = {}

    def url(address: str) -> str:
        if address not in written:
            written[address] = _written(address, facts)
        return written[address]

    return url


def _written(address: str, facts: Reader) -> str:
    if (address[:1] != "/" and _SCHEME.match(address)) or address[:2] == "//":
        return address
    base: str = facts["config:base_path"]
    return encoded(f"{base}{address}")


def link_in(facts: Reader) -> Callable[[str], str]:
    """`link(address)`: like `url`, for what a person wrote: `?` and `#` are meant."""
    url = link_to(facts)

    def link(address: str) -> str:
        found = re.search(r"[?#]", address)
        end = found.start() if found else len(address)
        return f"{url(address[:end])}{address[end:]}" if end else address

    return link


def absolute(facts: Reader) -> Callable[[str], str]:
    """`full(address)`: an address of the site with its host."""
    url = link_to(facts)

    def full(address: str) -> str:
        written = url(address)
        return (
            f"{facts['config:origin']}{written}" if written.startswith("/") else written
        )

    return full


def asset_in(facts: Reader) -> Callable[[str], str]:
    """`asset(name)`: a file of `static/`, with its digest in the name."""
    url = link_to(facts)

    def asset(name: str) -> str:
        address = facts.get(f"asset:{name}")
        if address is None:
            raise AssetMissing(name)
        return url(address)

    return asset


def say_in(wording: Wording) -> Callable[..., Markup]:
    """`say(name, …)`: words of the site's language, filled in; values are escaped."""

    def say(name: str, /, **values: Any) -> Markup:
        words = _escaped(wording.sentence(name, values.get("n")))
        return words.format_map(wording.shown(values)) if values else words

    return say


@lru_cache(maxsize=1024)
def _escaped(words: str) -> Markup:
    return escape(words)


def lang_in(site: SiteView) -> Callable[[Any], Markup]:
    """`lang(item)`: the attributes of a text in another language than the site's."""

    def lang(item: Any) -> Markup:
        if not item.language or item.language == site.language:
            return _NO_ATTRIBUTES
        return Markup(' lang="{}" dir="{}"').format(
            item.language, direction(item.language)
        )

    return lang


_NO_ATTRIBUTES = Markup()
