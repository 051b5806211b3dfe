"""Pages about the person, and the links that lead to them from everywhere."""

import pytest

from conftest import POST, A, built, output, said
from sites import head, texts, values, words

LEAST = 'title = "Notes"\nbase_url = "https://example.org"\n'
BELOW = LEAST.replace(".org", ".org/sub")
ADA = """
[author]
name = "Ada"
role = "Engineer"
location = "London"
email = "ada@example.org"
links = [
    { name = "Code", url = "https://code.example/ada?tab=1", me = true },
    { name = "Talks", url = "/talks/" },
]
"""
PROJECTS = "content/projects.md"
SUBSCRIBE = "content/subscribe.md"


def site(settings: str, **files: str) -> dict[str, str]:
    """The finished site of one post with these settings."""
    return output({"site.toml": settings, A: POST, **files})


def projects(count: int) -> str:
    """Settings of projects `J1`, `J2` …, each with a text."""
    return "".join(
        f'[[projects]]\ntitle = "J{n}"\ntext = "Text {n}."\n'
        for n in range(1, count + 1)
    )


# The home page


def test_the_home_page_names_its_author_what_they_do_and_where():
    home = site(LEAST + ADA)["index.html"]
    assert texts(home, "main h1") == ["Ada"]
    assert words(home, ".hero .lede") == "Engineer in London"


def test_without_an_author_the_home_page_names_the_site_and_what_it_is_about():
    home = site(LEAST + 'description = "On gardens."\n')["index.html"]
    assert texts(home, "main h1") == ["Notes"]
    assert texts(home, ".hero .lede") == ["On gardens."]


def test_the_home_page_leads_to_the_author_and_says_which_pages_are_theirs():
    home = site(LEAST + ADA)["index.html"]
    assert values(home, ".hero .meta a", "href") == [
        "mailto:ada@example.org",
        "https://code.example/ada?tab=1",
        "/talks/",
        "/subscribe/",
    ]
    assert values(home, ".hero .meta a", "rel") == [None, "me", None, None]


def test_the_footer_of_every_page_leads_to_the_author():
    for page in ("blog/a/index.html", "404.html", "subscribe/index.html"):
        assert values(site(LEAST + ADA)[page], "footer a", "href") == [
            "https://example.org/",
            "mailto:ada@example.org",
            "https://code.example/ada?tab=1",
            "/talks/",
            "/subscribe/",
        ]


def test_the_photo_of_the_author_is_a_file_of_static():
    photo = {"static/img/ada me.png": "png"}
    settings = BELOW + ADA + 'photo = "img/ada me.png"\n'
    home = site(settings, **photo)["index.html"]
    assert values(home, ".hero img", "src") == ["/sub/img/ada%20me.png"]
    assert values(home, ".hero img", "alt") == ["Ada"]


def test_the_text_of_the_home_page_may_give_it_another_title():
    text = "---\ntitle: Hello\ndescription: In short.\n---\n\nMore.\n"
    home = site(LEAST, **{"content/index.md": text})["index.html"]
    assert texts(home, "title") == ["Hello · Notes"]
    assert values(home, "meta[name=description]", "content") == ["In short."]
    assert texts(site(LEAST)["index.html"], "title") == ["Notes"]


def test_the_home_page_leads_to_all_writing_and_to_every_topic():
    home = site(LEAST, **{A: head(tags="[x, y]")})["index.html"]
    assert values(home, ".more a", "href") == ["/blog/"]
    assert values(home, "main .tags a", "href") == ["/tags/x/", "/tags/y/"]


def test_six_projects_stand_on_the_home_page_and_all_on_their_own():
    both = site(LEAST + projects(7))
    first = [f"J{n}" for n in range(1, 7)]
    home, own = both["index.html"], both["projects/index.html"]
    assert texts(home, ".cards h3") == first
    assert values(home, ".more a", "href") == ["/blog/", "/projects/"]
    assert texts(own, ".cards h2") == [*first, "J7"]


# Projects


def test_a_project_shows_what_is_known_of_it():
    settings = LEAST + (
        '[[projects]]\ntitle = "Pond"\ntext = "Holds fish."\nnote = "Clay · 2023"\n'
        'url = "https://pond.example/?a=1#b"\npicture = "pond.png"\n'
        '[[projects]]\ntitle = "Hedge"\n'
    )
    page = site(settings, **{"static/pond.png": "png"})["projects/index.html"]
    assert texts(page, ".cards li") == ["PondHolds fish.Clay · 2023", "Hedge"]
    assert values(page, ".cards a", "href") == ["https://pond.example/?a=1#b"]
    assert values(page, ".cards img", "src") == ["/pond.png"]
    assert values(page, ".cards img", "alt") == [""]


def test_the_page_of_projects_is_called_so_and_says_whose_they_are():
    page = site(LEAST + projects(1) + ADA)["projects/index.html"]
    assert texts(page, "h1, main .lede, .prose") == ["Projects"]
    about = values(page, "meta[name=description]", "content")
    assert about == ["What Ada has made."]


def test_the_page_of_projects_may_have_a_text_of_its_own():
    text = "---\ntitle: Made\ndescription: By hand.\n---\n\nWith *care*.\n"
    page = site(LEAST + projects(1), **{PROJECTS: text})["projects/index.html"]
    assert texts(page, "h1, main .lede") == ["Made", "By hand."]
    assert words(page, ".prose") == "With care."
    assert texts(page, "title") == ["Made · Notes"]
    assert values(page, "meta[name=description]", "content") == ["By hand."]
    assert texts(page, ".cards h2") == ["J1"]


def test_a_site_without_projects_has_no_page_for_them():
    without = site(LEAST)
    assert "projects/index.html" not in without
    assert not any("/projects/" in text for text in without.values())


def test_a_text_about_projects_is_a_page_even_if_the_settings_name_none():
    page = site(LEAST, **{PROJECTS: "# Made\n\nBy hand.\n"})["projects/index.html"]
    assert texts(page, "h1, .prose p") == ["Made", "By hand."]


def test_a_picture_of_a_project_that_does_not_exist_is_an_error():
    settings = LEAST + projects(1) + 'picture = "pond.png"\n'
    told = said({"site.toml": settings, "static/pont.png": "png"})
    assert "there is no file 'static/pond.png'" in told
    assert not built({"site.toml": settings}).ok


# Subscribing


def test_readers_are_told_the_address_of_the_feed_and_where_the_others_are():
    page = site(LEAST)["subscribe/index.html"]
    assert texts(page, "h1, main .lede, main h2") == ["Subscribe", "By feed"]
    assert texts(page, "main code") == ["https://example.org/atom.xml"]
    assert values(page, "main a", "href") == ["/atom.xml", "/rss.xml", "/feed.json"]
    assert "Also as RSS, JSON." in words(page)
    about = values(page, "meta[name=description]", "content")
    assert about == ["How new posts on Notes reach you."]


@pytest.mark.parametrize(
    ("feeds", "said_of_them"),
    [
        ("", "Also as RSS, JSON. Every tag has a feed of its own."),
        ('formats = ["json"]', "Open the JSON feed Every tag has a feed of its own."),
        ('formats = ["rss", "json"]\nper_tag = false', "Also as JSON."),
    ],
)
def test_readers_are_told_of_the_feeds_of_topics(feeds: str, said_of_them: str):
    tagged = {A: head(tags="[x]")}
    page = site(f"{LEAST}[feeds]\n{feeds}\n", **tagged)["subscribe/index.html"]
    assert said_of_them in words(page)


def test_feeds_of_summaries_do_not_promise_whole_posts():
    brief = f'{LEAST}[feeds]\ncontent = "summary"\n'
    promise = "A feed reader fetches new posts for you, in full, without an account"
    assert promise in words(site(LEAST)["subscribe/index.html"])
    assert promise.replace("in full, ", "") in words(
        site(brief)["subscribe/index.html"]
    )


def test_a_list_that_sends_posts_is_joined_by_a_message():
    settings = LEAST + '[subscribe]\nemail = "news@example.org"\n'
    page = site(settings)["subscribe/index.html"]
    assert texts(page, "main h2") == ["By feed", "By e-mail"]
    assert values(page, "#mail + p a", "href") == [
        "mailto:news@example.org?subject=subscribe"
    ]


def test_a_list_that_sends_posts_is_joined_by_a_form_elsewhere():
    address = "https://list.example/?a=1&b=2"
    settings = f'{LEAST}[subscribe]\nemail = "{address}"\n[feeds]\nformats = []\n'
    page = site(settings)["subscribe/index.html"]
    assert texts(page, "main h2") == ["By e-mail"]
    assert values(page, "#mail + p a", "href") == [address]


def test_the_page_on_subscribing_may_have_a_text_of_its_own():
    text = "---\ntitle: Follow\ndescription: Three ways.\n---\n\nAt *last*.\n"
    page = site(LEAST, **{SUBSCRIBE: text})["subscribe/index.html"]
    assert texts(page, "h1, main .lede") == ["Follow", "Three ways."]
    assert words(page, ".prose > p:first-child") == "At last."
    assert texts(page, "main h2") == ["By feed"]


def test_where_nothing_can_be_subscribed_to_nothing_says_so():
    without = site(f"{LEAST}[feeds]\nformats = []\n")
    assert "subscribe/index.html" not in without
    assert not any("/subscribe/" in text for text in without.values())


def test_addresses_of_feeds_stand_below_the_path_of_base_url():
    page = site(BELOW)["subscribe/index.html"]
    assert texts(page, "main code") == ["https://example.org/sub/atom.xml"]
    assert values(page, "main .button", "href") == ["/sub/atom.xml"]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ('[author]\nphoto = "me.jpg"\n', 4),
        (
            '[[projects]]\ntitle = "A"\n\n[[projects]]\ntitle = "B"\npicture = "me.jpg"\n',
            8,
        ),
    ],
)
def test_a_picture_that_does_not_exist_is_told_at_its_line(table: str, line: int):
    files = {"site.toml": LEAST + table, A: POST, "static/me.jpeg": b"picture"}
    assert [
        (d.span.path, d.span.line, d.message, d.hint) for d in built(files).diagnostics
    ] == [
        (
            "site.toml",
            line,
            "there is no file 'static/me.jpg'",
            "did you mean 'me.jpeg'?",
        )
    ]


def test_without_a_way_to_answer_or_subscribe_nothing_is_said_of_it():
    page = site(f"{LEAST}[feeds]\nformats = []\n")["blog/a/index.html"]
    assert texts(page, ".after p") == [
        "Shareby e-mailor by its address:https://example.org/blog/a/"
    ]


def test_one_feed_alone_is_not_followed_by_others():
    page = site(f'{LEAST}[feeds]\nformats = ["atom"]\nper_tag = false\n')[
        "subscribe/index.html"
    ]
    assert texts(page, ".prose p")[1:] == ["Open the Atom feed"]
