"""`blog why`: where a post or address comes from and where it shows, or why it does not."""

from collections.abc import Mapping

import pytest

from blog.build import Options
from blog.diagnostics import plain
from blog.memo import Memo
from blog.why import Explained, why
from command import DRAFT, FUTURE, NO_DATE, NO_DATE_TOLD, TYPO, TYPO_TOLD, blog, objects
from conftest import POST, A, B, snapshot
from disk import tree, write

Files = Mapping[str, str | bytes]

LINK = POST.replace("A post", "B") + "\nSee [a](a.md).\n"
TAGGED = POST.replace("---\n\n", "tags: [Cats]\n---\n\n")
OLD = "content/posts/2020-03-04-hello.md"
FEEDS = ("atom.xml", "feed.json", "rss.xml")
JEKYLL = "_posts/2020-03-04-hello.md"

ABOUT_A = (
    "content/posts/a.md\n"
    "  title       'A post', from the field 'title' on line 2\n"
    "  date        2024-01-31T00:00:00+00:00, from the field 'date' on line 3\n"
    "  address     /blog/a/, from the file name\n"
    "  rules       native, for the files in content/posts\n"
)
SHOWN = (
    "  state       published\n"
    "  written to  blog/a/index.html\n"
    "  shown on    /\n"
    "              /404.html\n"
    "              /archive/\n"
    "              /blog/\n"
    "              /search.json\n"
    "  in the feed /atom.xml\n"
    "              /feed.json\n"
    "              /rss.xml\n"
)
NEVER = "  last build  not built so far\n"


def asked(wanted: str, files: Files, **options: bool) -> Explained:
    """What is known of a source or address of a site that was never built."""
    return why(wanted, snapshot(files), Options(**options), Memo())


def answer(question: str, wanted: str, files: Files, **options: bool) -> list[str]:
    """All answers to one question."""
    found = asked(wanted, files, **options).answers
    return [said for what, said in found if what == question]


def jekyll(config: str, text: str = "---\n---\n\nHello.\n") -> Files:
    """A Jekyll site of one post, with its `_config.yml`."""
    content = '[[content]]\npath = "."\ndialect = "jekyll"\n'
    toml = f'title = "T"\nbase_url = "https://example.org"\n{content}'
    return {"site.toml": toml, "_config.yml": config, JEKYLL: text}


# What can be asked for


def test_a_source_is_told_with_its_fields_its_address_and_where_it_shows(tmp_path):
    write(tmp_path, {A: POST})
    assert blog(tmp_path, "why", A) == (0, ABOUT_A + SHOWN + NEVER, "")


@pytest.mark.parametrize("name", ["./content/posts/a.md", "posts/a.md", "a.md", "a"])
def test_a_source_answers_to_its_path_and_the_end_of_it(name: str):
    assert asked(name, {A: POST, B: POST}) == asked(A, {A: POST, B: POST})


@pytest.mark.parametrize("start", ["", "/", "https://example.org/"])
@pytest.mark.parametrize("end", ["", "/", "/index.html", "/?page=1#end"])
def test_a_post_answers_to_its_address_as_a_host_would(start: str, end: str):
    assert asked(f"{start}blog/a{end}", {A: POST, B: POST}).name == A


@pytest.mark.parametrize("address", ["/blog/café/", "/blog/caf%C3%A9/"])
def test_an_address_may_be_asked_for_as_it_is_read_or_encoded(address):
    assert asked(address, {A: POST.replace("---\n\n", "slug: café\n---\n\n")}).name == A


def test_a_post_that_is_held_back_says_why_and_is_found_by_its_address():
    files = {A: POST, "content/posts/d.md": DRAFT, "content/posts/f.md": FUTURE}
    assert asked("/blog/d/", files).answers == (
        ("title", "'A draft', from the field 'title' on line 2"),
        ("date", "2024-03-01T00:00:00+00:00, from the field 'date' on line 3"),
        ("address", "/blog/d/, from the file name"),
        ("rules", "native, for the files in content/posts"),
        ("state", "held back: draft"),
    )
    later = ["held back: dated 2031-01-01, in the future"]
    assert answer("state", "/blog/f/", files) == later
    assert answer("state", "/blog/f/", files, future=True) == ["published"]


def test_a_page_that_is_no_post_says_what_it_is_and_where_it_lies(tmp_path):
    write(tmp_path, {A: TAGGED})
    told = "/tags/cats/\n  kind        tag\n  written to  tags/cats/index.html\n"
    assert blog(tmp_path, "why", "/tags/cats/") == (0, told + NEVER, "")
    assert asked("/rss.xml", {A: POST}).answers == (
        ("kind", "feed"),
        ("written to", "rss.xml"),
        ("last build", "not built so far"),
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("content/post/a.md", "  did you mean 'content/posts/a.md'?\n"),
        ("/blog/aa/", "  did you mean '/blog/a/'?\n"),
        ("something else", ""),
    ],
)
def test_what_is_not_there_is_an_error_with_the_nearest_name(name, hint, tmp_path):
    write(tmp_path, {A: POST})
    told = f"there is no post or page {name!r}\n{hint}"
    assert blog(tmp_path, "why", name) == (1, "", told)


# Which rule it was


def test_a_title_comes_from_its_field_a_default_or_the_text():
    headed = "---\ndate: 2024-01-31\n---\n\n# Hi\n"
    config = "defaults: [{scope: {path: ''}, values: {title: Given}}]\n"
    own = jekyll(config, "---\nlayout: post\ntitle: Own\n---\n\nHello.\n")
    rest = "from its first heading or the file name"
    assert answer("title", A, {A: POST}) == [
        "'A post', from the field 'title' on line 2"
    ]
    assert answer("title", A, {A: headed}) == [f"'Hi', {rest}"]
    assert answer("title", JEKYLL, jekyll("")) == [f"'Hello', {rest}"]
    assert answer("title", JEKYLL, jekyll(config)) == [
        "'Given', from 'title' of _config.yml"
    ]
    assert answer("title", JEKYLL, own) == ["'Own', from the field 'title' on line 3"]


def test_a_date_comes_from_its_field_a_default_or_the_file_name():
    dated = "---\ntitle: A\ndate: 2024-01-31 18:30 +02:00\n---\n\nHello.\n"
    day = "2020-03-04T00:00:00+00:00"
    config = "defaults: [{scope: {path: ''}, values: {date: 2019-01-01}}]\n"
    assert answer("date", OLD, {OLD: dated}) == [
        "2024-01-31T18:30:00+02:00, from the field 'date' on line 3"
    ]
    assert answer("date", OLD, {OLD: NO_DATE}) == [f"{day}, from the file name"]
    assert answer("date", JEKYLL, jekyll(config)) == [
        "2019-01-01T00:00:00+00:00, from 'date' of _config.yml"
    ]
    assert answer("date", "about", {"content/about.md": "# About\n"}) == []


def test_an_address_comes_from_its_field_a_default_or_the_file_name():
    slug = POST.replace("---\n\n", "slug: hello\n---\n\n")
    link = slug.replace("---\n\n", "permalink: /x/\n---\n\n")
    config = "defaults: [{scope: {path: ''}, values: {permalink: '/p/:title/'}}]\n"
    assert answer("address", A, {A: slug}) == [
        "/blog/hello/, from the field 'slug' on line 4"
    ]
    assert answer("address", A, {A: link}) == [
        "/x/, from the field 'permalink' on line 5"
    ]
    assert answer("address", OLD, {OLD: POST}) == ["/blog/hello/, from the file name"]
    assert answer("address", JEKYLL, jekyll(config)) == [
        "/p/hello/, from 'permalink' of _config.yml"
    ]


def test_the_rules_are_those_of_the_folder_that_the_source_lies_in():
    assert answer("rules", JEKYLL, jekyll("")) == ["jekyll, for the files in ."]
    assert answer("rules", "about", {"content/about.md": "# About\n"}) == [
        "page, for the files in content"
    ]


# What is wrong with it


def test_a_post_with_mistakes_is_told_with_them_and_not_built(tmp_path):
    write(tmp_path, {A: POST, B: NO_DATE})
    code, out, err = blog(tmp_path, "why", B)
    assert (code, err) == (0, NO_DATE_TOLD)
    assert out == (
        "content/posts/b.md\n"
        "  title       'A post', from the field 'title' on line 2\n"
        "  address     /blog/b/, from the file name\n"
        "  rules       native, for the files in content/posts\n"
        "  state       not built: its front matter has mistakes\n"
    )


def test_its_own_warnings_are_told_and_it_is_published():
    found = asked(B, {A: TYPO, B: TYPO})
    assert "".join(f"{plain(d)}\n" for d in found.diagnostics) == TYPO_TOLD
    assert ("state", "published") in found.answers


# Where it shows


def test_it_is_shown_on_every_list_and_in_every_feed_that_has_it():
    files = {A: TAGGED, B: POST}
    lists = ["/", "/404.html", "/archive/", "/blog/", "/search.json", "/tags/cats/"]
    feeds = [f"{place}{name}" for place in ("/", "/tags/cats/") for name in FEEDS]
    assert answer("shown on", A, files) == lists
    assert answer("in the feed", A, files) == feeds


def test_an_unlisted_post_is_published_and_shown_nowhere():
    files = {A: POST.replace("---\n\n", "unlisted: true\n---\n\n"), B: POST}
    assert answer("state", A, files) == ["published, but in no list"]
    assert answer("shown on", A, files) == answer("in the feed", A, files) == []


# The last build


def last_build(root, name: str = A, *options: str) -> str:
    """What is said from the links on, after a build."""
    code, out, err = blog(root, "why", name, *options)
    assert (code, err) == (0, "")
    return out.partition("/rss.xml\n")[2]


def test_after_a_build_it_tells_which_posts_link_here_and_what_made_the_page_anew(
    tmp_path,
):
    write(tmp_path, {A: POST, B: LINK, "templates/post.html": "{{ page.title }}"})
    linked = "  linked from content/posts/b.md\n"
    anew = "  last build  its page was written anew: {} had changed\n"
    assert blog(tmp_path, "build")[0] == 0

    write(tmp_path, {A: POST + "\nMore, below the fold.\n"})
    assert blog(tmp_path, "build")[0] == 0
    assert last_build(tmp_path).startswith(linked + anew.format(f"body:{A}"))
    still = "  last build  all was new, or nothing that matters had changed\n"
    assert last_build(tmp_path, B) == still

    write(tmp_path, {"templates/post.html": "{{ card.title }}"})
    assert blog(tmp_path, "build")[0] == 0
    template = anew.format("template:post.html")
    assert last_build(tmp_path) == linked + template
    assert last_build(tmp_path, B) == template
    assert last_build(tmp_path, A, "-v") == linked + template + (
        "  depends on  body:content/posts/a.md\n"
        "              card:content/posts/a.md\n"
        "              neighbour:content/posts/b.md\n"
        "              plan:blog/a/index.html\n"
        "              poster:content/posts/a.md\n"
        "              related:content/posts/a.md\n"
        "              template:post.html\n"
    )


def test_it_writes_nothing_but_what_it_has_to_say(tmp_path):
    write(tmp_path, {A: POST})
    before = tree(tmp_path)
    assert blog(tmp_path, "why", A, "-v")[0] == 0
    assert tree(tmp_path) == before

    assert blog(tmp_path, "build")[0] == 0
    before = tree(tmp_path)
    write(tmp_path, {A: (edited := POST + "\nMore.\n")})
    assert blog(tmp_path, "why", A, "-v")[0] == 0
    assert {**tree(tmp_path), ".blog/store.sqlite": ""} == {
        **before,
        A: edited,
        ".blog/store.sqlite": "",
    }


# For programs


def test_json_gives_one_object_with_all_questions_and_answers(tmp_path):
    write(tmp_path, {A: POST, "content/posts/d.md": DRAFT, B: NO_DATE})
    code, out, err = blog(tmp_path, "why", "d", "--json")
    assert (code, err) == (0, "")
    assert objects(out) == [
        {
            "kind": "why",
            "name": "content/posts/d.md",
            "answers": [
                ["title", "'A draft', from the field 'title' on line 2"],
                ["date", "2024-03-01T00:00:00+00:00, from the field 'date' on line 3"],
                ["address", "/blog/d/, from the file name"],
                ["rules", "native, for the files in content/posts"],
                ["state", "held back: draft"],
            ],
        }
    ]
    _, out, err = blog(tmp_path, "why", "b", "--json")
    assert [each["kind"] for each in objects(out)] == ["diagnostic", "why"]
    assert err == NO_DATE_TOLD
