"""What a deploy will do, out of what the target holds and what the build has."""

from collections.abc import Mapping

from blog.deploy import File, Held, Kept, Plan, plan

THEME = "theme.11111111.css"


def files(texts: Mapping[str, str]) -> dict[str, File]:
    """A build whose digests are the texts themselves."""
    return {p: File(digest=text, size=len(text)) for p, text in texts.items()}


def made(held: Held, *, keep: int = 5, **texts: str) -> Plan:
    """The plan for pages of these names."""
    return plan(
        held, files({f"{name}.html": t for name, t in texts.items()}), keep=keep
    )


def test_what_a_target_lacks_is_new():
    found = made(Held(), a="a", b="bb")
    assert (found.new, found.changed, found.removed) == (("a.html", "b.html"), (), ())
    assert found.size == 3


def test_a_target_that_holds_the_build_needs_nothing():
    assert made(Held(files={"a.html": "a"}), a="a").is_empty


def test_what_differs_is_changed_and_what_is_gone_removed():
    found = made(
        Held(files={"a.html": "x", "b.html": "b", "c.html": "c"}), a="a", b="b"
    )
    assert (found.new, found.changed, found.removed) == ((), ("a.html",), ("c.html",))


def test_pages_come_after_what_they_need_and_before_what_points_to_them():
    texts = {
        "sitemap.xml": "s",
        "rss.xml": "r",
        "index.html": "i",
        "blog/new/index.html": "n",
        "a.png": "p",
        "z.css": "z",
        "index.html.gz": "g",
    }
    found = plan(Held(files={"index.html": "old"}), files(texts), keep=5)
    assert found.sent == (
        "a.png",
        "z.css",
        "blog/new/index.html",
        "index.html.gz",
        "index.html",
        "rss.xml",
        "sitemap.xml",
    )


def test_pages_go_before_what_they_need():
    held = Held(files={"a.png": "p", "blog/a/index.html": "a", "index.html": "i"})
    assert made(held, index="i").gone == ("blog/a/index.html", "a.png")


def test_a_fingerprinted_file_stays_for_as_many_deploys_as_are_asked_for():
    held = Held(files={"a.html": "a", THEME: "t"})
    found = made(held, keep=2, a="b")
    assert (found.removed, found.kept) == ((), {THEME: Kept(digest="t", age=1)})
    held = Held(files={"a.html": "b"}, kept=found.kept)
    assert made(held, keep=2, a="c").kept == {THEME: Kept(digest="t", age=2)}
    assert made(held, keep=1, a="c").expired == (THEME,)


def test_a_fingerprinted_file_that_comes_back_is_there_already():
    held = Held(files={"a.html": "a"}, kept={THEME: Kept(digest="t", age=1)})
    found = plan(held, files({"a.html": "b", THEME: "t"}), keep=5)
    assert (found.sent, found.kept, found.expired) == (("a.html",), {}, ())


def test_addresses_that_will_not_answer_any_more_are_named():
    held = Held(
        files={
            "index.html": "i",
            "blog/a/index.html": "a",
            "blog/b.html": "b",
            "blog/c/index.html": "c",
            "tags/x/rss.xml": "x",
            "cat.png": "p",
        }
    )
    texts = {"index.html": "i", "blog/c.html": "c"}
    found = plan(held, files(texts), keep=5)
    assert found.lost == ("/blog/a/", "/blog/b", "/tags/x/rss.xml")


def test_more_than_a_quarter_of_the_site_is_much_to_lose():
    held = Held(files=dict.fromkeys(("a.html", "b.html", "c.html", "d.html"), "x"))
    assert not made(held, a="x", b="x", c="x").loses_much
    assert made(held, a="x", b="x").loses_much


def test_a_build_without_a_page_is_much_to_lose():
    held = Held(files={f"{n}.png": "x" for n in range(9)} | {"a.html": "x"})
    left = {path: "x" for path in held.files if path != "a.html"}
    assert plan(held, files(left), keep=5).loses_much


def test_a_first_deploy_has_nothing_to_lose():
    assert not plan(Held(), files({"robots.txt": "x"}), keep=5).loses_much


def test_a_file_of_somebody_else_is_replaced_only_if_it_is_another():
    held = Held(foreign={"CNAME": "theirs", "a.html": "a"})
    found = plan(held, files({"CNAME": "ours", "a.html": "a"}), keep=5)
    assert found.overwritten == ("CNAME",)


def test_a_file_of_somebody_else_may_stand_in_the_way_of_a_folder():
    held = Held(foreign={"blog": "x", "about.html/notes.txt": "x", "other": "x"})
    found = plan(held, files({"blog/index.html": "b", "about.html": "a"}), keep=5)
    assert found.overwritten == ("about.html/notes.txt", "blog")


def test_what_did_not_arrive_as_it_was_sent_is_sent_again():
    assert made(Held(files={"a.html": ""}), a="a").changed == ("a.html",)
