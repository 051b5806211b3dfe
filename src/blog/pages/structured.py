"""What a page says of itself to programs: JSON-LD in the words of schema.org."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from blog.engine import Reader
from blog.model import Author, Body, Card, Page
from blog.theme import absolute

Description = Mapping[str, Any]


def structured_in(
    page: Page, body: Body | None, facts: Reader
) -> Callable[[], Description]:
    """`structured()`: the page's description; empty for kinds that have none."""

    def structured() -> Description:
        describe = DESCRIBED.get(page.kind)
        if describe is None:
            return {}
        return {"@context": "https://schema.org", **describe(page, body, facts)}

    return structured


def website(_page: Page, _body: Body | None, facts: Reader) -> Description:
    """The site and the person behind it."""
    return _present(
        {
            "@type": "WebSite",
            "name": facts["site:title"],
            "url": absolute(facts)("/"),
            "description": facts.get("site:description"),
            "inLanguage": facts["site:language"],
            "author": _owner(facts),
        }
    )


def posting(page: Page, body: Body | None, facts: Reader) -> Description:
    """A post: what it is called, when and by whom it was written."""
    card: Card = facts[f"card:{page.source}"]
    full = absolute(facts)
    changed = card.updated or card.date
    return _present(
        {
            "@type": "BlogPosting",
            "headline": card.title,
            "description": card.summary_text,
            "datePublished": card.date and card.date.instant.isoformat(),
            "dateModified": changed and changed.instant.isoformat(),
            "wordCount": body and body.words,
            "keywords": [tag.label for tag in card.tags],
            "inLanguage": card.language or facts["site:language"],
            "mainEntityOfPage": full(page.address),
            "image": card.image and full(card.image),
            "author": [_person(author, facts) for author in card.authors]
            or _owner(facts),
        }
    )


DESCRIBED: Mapping[str, Callable[[Page, Body | None, Reader], Description]] = (
    MappingProxyType({"home": website, "post": posting})
)
"""How each kind of page is described; a newcomer adds a row."""


def _owner(facts: Reader) -> Description:
    """The author of the site."""
    person, full = facts["site:author"], absolute(facts)
    asset = person.photo and facts.get(f"asset:{person.photo}")
    return _present(
        {
            "@type": "Person",
            "name": person.name or facts["site:title"],
            "url": full("/"),
            "jobTitle": person.role,
            "image": asset and full(asset),
            "sameAs": [link.url for link in person.links if link.me],
        }
    )


def _person(author: Author, facts: Reader) -> Description:
    """Someone a post names."""
    full = absolute(facts)
    return _present(
        {
            "@type": "Person",
            "name": author.name,
            "url": author.url and full(author.url),
            "jobTitle": author.title,
        }
    )


def _present(description: Description) -> Description:
    return {name: value for name, value in description.items() if value}
