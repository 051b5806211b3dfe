"""Imports point down, there is no cycle, and each library has one home."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import blog

LAYERS = (
    "diagnostics digests media model stamps",
    "codec memo engine programs shelf snapshot store workers",
    "config frontmatter dates slugs fields folders dialects liquid posts markdown mdx highlight images theme wording changes",
    "arrange assets check feeds pages related series weights fulltext",
    "build gather glimpse listing outline pictures why posters",
    "deploy init new outside publish serve",
    "cli __main__",
)
HOMES = {
    "markdown": "markdown_it mdit_py_plugins selectolax",
    "feeds": "feedgen selectolax",
    "frontmatter": "frontmatter yaml",
    "liquid": "dateutil liquid",
    "theme": "jinja2 markupsafe selectolax",
    "highlight": "pygments",
    "images": "PIL fontpkg",
    "config": "pydantic",
    "deploy": "brotli obstore",
    "serve": "starlette uvicorn watchfiles",
}
LAYER = {name: n for n, names in enumerate(LAYERS) for name in names.split()}


def imports() -> dict[str, set[str]]:
    """What each module imports: `blog.slugs`, `jinja2`; a package is one module."""
    root = Path(blog.__file__).parent
    found: dict[str, set[str]] = {}
    for path in root.rglob("*.py"):
        module = path.relative_to(root).parts[0].removesuffix(".py")
        found.setdefault(module, set())
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.ImportFrom(module="blog", names=names):
                    added = {f"blog.{name.name}" for name in names}
                case ast.ImportFrom(module=str(name)):
                    added = {".".join(name.split(".")[: 1 + name.startswith("blog.")])}
                case ast.Import(names=names):
                    added = {name.name.split(".")[0] for name in names}
                case _:
                    continue
            found[module].update(added - {f"blog.{module}"})
    return found


IMPORTS = imports()
OURS = {
    module: {name.removeprefix("blog.") for name in names if name.startswith("blog.")}
    for module, names in IMPORTS.items()
}


def test_every_module_has_a_layer():
    assert IMPORTS.keys() - {"__init__"} == LAYER.keys()


def test_imports_point_down_or_sideways():
    pairs = [(a, b) for a, names in OURS.items() for b in names if b in LAYER]
    assert [(a, b) for a, b in pairs if LAYER[a] < LAYER[b]] == []


def test_there_is_no_cycle():
    assert len(list(TopologicalSorter(OURS).static_order())) >= len(LAYER)


def test_a_library_is_known_to_its_home_alone():
    libraries = {library for names in HOMES.values() for library in names.split()}
    strangers = {
        (module, name)
        for module, names in IMPORTS.items()
        for name in names & libraries
        if name not in HOMES.get(module, "").split()
    }
    assert strangers == set()
