"""What pages weigh: told on demand, and limited by `[budget]`."""

import gzip
import re

from command import blog
from conftest import A, built, lines, output
from sites import head, values

LEAST = 'title = "T"\nbase_url = "https://example.org/sub"\n'


def weights(site: dict[str, str], path: str) -> dict[str, int]:
    """Bytes by gzip of a page and of what it loads."""
    page = site[path]
    loaded = values(page, "link[rel=stylesheet]", "href") + values(page, "[src]", "src")
    names = [path, *((each or "").removeprefix("/sub/") for each in loaded)]
    return {name: len(gzip.compress(site[name].encode(), 6)) for name in names}


def budget(**limits: int) -> dict[str, str]:
    rows = "".join(f"{name} = {limit}\n" for name, limit in limits.items())
    return {"site.toml": f"{LEAST}[budget]\n{rows}", A: head()}


def test_a_page_over_the_budget_fails_the_build_and_names_its_parts():
    known = weights(output(budget()), "blog/a/index.html")
    total = sum(known.values())
    told = lines(built(budget(page=total - 1)))
    here = told.index(next(line for line in told if line.startswith(A)))
    assert told[here] == (
        f"{A}: error: the page '/blog/a/' weighs {total:,} bytes over the wire,"
        f" and [budget] page is {total - 1:,} [over-budget]"
    )
    page, *parts = known.items()
    named = ", ".join(f"{name.rpartition('/')[2]} {size:,}" for name, size in parts)
    assert told[here + 1].strip() == f"the page itself {page[1]:,}, {named}"
    assert not built(budget(page=total - 1)).artifacts


def test_scripts_have_a_budget_of_their_own():
    known = weights(output(budget()), "blog/a/index.html")
    scripts = sum(size for name, size in known.items() if name.endswith(".js"))
    result = built(budget(script=scripts - 1))
    mine = [d.message for d in result.diagnostics if d.span.path == A]
    assert mine == [
        f"the scripts of the page '/blog/a/' weigh {scripts:,} bytes over the wire,"
        f" and [budget] script is {scripts - 1:,}"
    ]


def test_a_site_within_its_budget_is_built():
    assert lines(built(budget(page=100_000, script=50_000))) == []


def test_a_page_without_a_source_is_told_at_its_template():
    result = built(budget(page=1))
    assert "templates/404.html" in {d.span.path for d in result.diagnostics}


def test_a_budget_below_nothing_is_told():
    (found,) = built(budget(page=-1)).diagnostics
    assert (found.span.line, found.message) == (
        4,
        "'budget.page' is a number of bytes, not -1",
    )


def test_a_talkative_build_tells_the_weight_of_home_and_of_a_typical_post(tmp_path):
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "site.toml").write_text(LEAST)
    for n, words in enumerate((1, 50, 2000)):
        (tmp_path / f"content/posts/p{n}.md").write_text(head() + f"w{n} " * words)
    code, out, _ = blog(tmp_path, "build", "-v")
    assert code == 0
    rows = re.findall(r"^(\S+\.html)((?: +[\d.]+){4})$", out, re.MULTILINE)
    assert [name for name, _ in rows] == ["index.html", "blog/p1/index.html"]
    for _, numbers in rows:
        page, styles, scripts, total = map(float, numbers.split())
        assert abs(page + styles + scripts - total) < 0.2
        assert min(page, styles, scripts) > 0
