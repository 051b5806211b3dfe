"""Jekyll's addresses and dates: patterns, placeholders, zones, `_config.yml`."""

import pytest

from conftest import output
from test_jekyll import BARE, POST, listed, only, site, told

STYLES = [
    ("date", "/news/2020/03/04/hello.html"),
    ("pretty", "/news/2020/03/04/hello/"),
    ("ordinal", "/news/2020/064/hello.html"),
    ("weekdate", "/news/2020/W10/Wed/hello.html"),
    ("none", "/news/hello.html"),
    ("/blog/:year/:month/:day/:title/", "/blog/2020/03/04/hello/"),
    ("/:title", "/hello"),
    (":year/:title.html", "/2020/hello.html"),
    ("/:categories/:title/", "/news/hello/"),
]

# of _posts/en/2020-03-04-My_Post-v1.md, written at 09:05:07, in "Big News" and "A"
PLACEHOLDERS = [
    (":year", "2020"),
    (":short_year", "20"),
    (":month", "03"),
    (":i_month", "3"),
    (":short_month", "Mar"),
    (":long_month", "March"),
    (":day", "04"),
    (":i_day", "4"),
    (":y_day", "064"),
    (":w_year", "2020"),
    (":week", "10"),
    (":w_day", "3"),
    (":short_day", "Wed"),
    (":long_day", "Wednesday"),
    (":hour", "09"),
    (":minute", "05"),
    (":second", "07"),
    (":title", "My_Post-v1"),
    (":slug", "my-post-v1"),
    (":name", "2020-03-04-my-post-v1"),
    (":collection", "posts"),
    (":categories", "big%20news/a"),
    (":slugified_categories", "big-news/a"),
    ("v:output_ext", "v.html"),
    (":year_:month", "2020_03"),
    (":year:month:day", "20200304"),
]

# name and slug, then `:title` and `:slug`
TITLES = [
    ("Foo.Bar", "Foo.Bar", "foo-bar"),
    ("C++,(a)=b", "C++,(a)=b", "c-a-b"),
    ("what?-is--it", "what-is-it", "what-is-it"),
    ("Ünïcode", "%C3%9Cn%C3%AFcode", "%C3%BCn%C3%AFcode"),
    ("100%", "100", "100"),
]

# as written, the instant, the day in the address; the zone is Los Angeles
DATES = [
    ("2015-11-17", "2015-11-17T00:00:00-08:00", "2015/11/17"),
    ("2015-11-17 16:16", "2015-11-17T16:16:00-08:00", "2015/11/17"),
    ("2015-11-17T16:16", "2015-11-17T16:16:00-08:00", "2015/11/17"),
    ("2015-11-17 06:16:01", "2015-11-16T22:16:01-08:00", "2015/11/16"),
    ("2015-11-17T6:16:01", "2015-11-16T22:16:01-08:00", "2015/11/16"),
    ("'2015-11-17 06:16:01'", "2015-11-17T06:16:01-08:00", "2015/11/17"),
    ("2015-11-17 06:16:01Z", "2015-11-16T22:16:01-08:00", "2015/11/16"),
    ("2015-11-17 16:16:01 -0600", "2015-11-17T14:16:01-08:00", "2015/11/17"),
    ("2015-11-17 16:16:01 -06:00", "2015-11-17T14:16:01-08:00", "2015/11/17"),
    ("2015-11-17 23:30 -1100", "2015-11-18T02:30:00-08:00", "2015/11/18"),
    ("'2013-05-06 02:12:52 +0200'", "2013-05-05T17:12:52-07:00", "2013/05/05"),
    ("2013-05-06 # a remark", "2013-05-06T00:00:00-07:00", "2013/05/06"),
]

LA = "timezone: America/Los_Angeles"


@pytest.mark.parametrize(("style", "address"), STYLES)
def test_the_address_follows_the_style_of_the_site(style, address):
    row = only("categories: [News]", f"permalink: '{style}'")
    assert row["url"] == address
    entry = f'permalink = "{style}"'
    assert only("categories: [News]", "permalink: /x/", entry)["url"] == address


@pytest.mark.parametrize(("pattern", "value"), PLACEHOLDERS)
def test_every_placeholder_has_its_value(pattern, value):
    front = "date: 2020-03-04 09:05:07 +00:00\ncategories: [Big News, A]"
    path = "_posts/en/2020-03-04-My_Post-v1.md"
    row = only(front, f"permalink: '/x/{pattern}/'", path=path)
    assert row["url"] == f"/x/{value}/"


def test_the_path_of_a_post_is_counted_from_its_posts_folder():
    path = "_posts/en/2020-03-04-x.md"
    row = only("x: 1", "permalink: '/blog/:path/'", path=path)
    assert row["url"] == "/blog/en/2020-03-04-x/"


def test_a_placeholder_with_letters_behind_it_does_not_exist():
    shown = told({POST: BARE}, "permalink: '/:titles/'")
    assert "there is no placeholder ':titles' in a permalink" in shown


@pytest.mark.parametrize(("name", "title", "slug"), TITLES)
def test_title_keeps_case_and_most_signs_and_slug_keeps_neither(name, title, slug):
    path = f"_posts/2020-03-04-{name}.md"
    config = "permalink: '/:title/:slug/'"
    assert only("x: 1", config, path=path)["url"] == f"/{title}/{slug}/"


def test_no_category_leaves_no_empty_part():
    config = "permalink: '/:categories/:slugified_categories/:title/'"
    assert only("x: 1", config)["url"] == "/hello/"


@pytest.mark.parametrize(
    ("permalink", "address", "written"),
    [
        ("/about/me/", "/about/me/", "about/me/index.html"),
        ("about", "/about", "about.html"),
        ("/about.html", "/about.html", "about.html"),
        ("/v1.2", "/v1.2", "v1.2.html"),
        ("/x/:title/", "/x/hello/", "x/hello/index.html"),
        ("pretty", "/pretty", "pretty.html"),
    ],
)
def test_a_permalink_of_the_post_is_its_address_and_no_style(
    permalink, address, written
):
    front = f"permalink: '{permalink}'"
    assert only(front)["url"] == address
    assert written in output(site({POST: f"---\n{front}\n---\n"}))


@pytest.mark.parametrize(("written", "instant", "day"), DATES)
def test_every_date_is_moved_to_the_zone_of_the_site_before_the_address_is_made(
    written, instant, day
):
    row = only(f"date: {written}", LA)
    assert (row["date"], row["url"]) == (instant, f"/{day}/hello.html")


def test_without_a_field_the_date_is_local_midnight_of_the_file_name():
    assert only("x: 1", LA)["date"] == "2020-03-04T00:00:00-08:00"


def test_a_late_evening_out_west_is_the_next_day_on_a_builder_in_utc():
    row = only("date: 2024-08-08 22:44:26 -0700", path="_posts/2024-08-08-x.md")
    assert row["url"] == "/2024/08/09/x.html"


def test_an_update_is_read_by_the_same_rules():
    row = only("date: 2020-03-04\nlast_modified_at: 2020-03-05 10:00:00 +02:00", LA)
    assert row["updated"] == "2020-03-05T00:00:00-08:00"


@pytest.mark.parametrize(
    ("config", "entry", "offset"),
    [
        ("timezone: Asia/Tokyo", 'timezone = "Europe/Oslo"', "+01:00"),
        ("timezone: Asia/Tokyo", "", "+09:00"),
        ("", "", "+00:00"),
    ],
)
def test_the_zone_is_that_of_the_entry_then_of_jekyll_then_of_the_site(
    config, entry, offset
):
    assert only("x: 1", config, entry)["date"] == f"2020-03-04T00:00:00{offset}"


def test_the_date_of_the_collection_of_posts_has_a_permalink_of_its_own():
    config = "permalink: pretty\ncollections:\n  posts:\n    permalink: /p/:title/\n"
    assert only("x: 1", config)["url"] == "/p/hello/"


def test_a_base_url_is_no_part_of_an_address():
    assert only("x: 1", "baseurl: /blog")["url"] == "/2020/03/04/hello.html"


# Defaults


DEFAULTS = """
defaults:
- scope: {path: "en/_posts", type: posts}
  values: {permalink: "/en/:title/"}
- scope: {path: ""}
  values: {permalink: "/all/:title/", published: false}
- scope: {path: "", type: pages}
  values: {permalink: "/pages/:title/"}
- scope: {path: "*/_posts"}
  values: {published: true}
"""


@pytest.mark.parametrize(
    ("path", "front", "address", "reason"),
    [
        ("_posts/2020-03-04-x.md", "y: 1", "/all/x/", "published: false"),
        ("_posts/2020-03-04-x.md", "permalink: /z/", "/z/", "published: false"),
        ("en/_posts/2020-03-04-x.md", "y: 1", "/en/x/", None),
        ("de/_posts/2020-03-04-x.md", "y: 1", "/all/x/", None),
        ("english/_posts/2020-03-04-x.md", "y: 1", "/all/x/", None),
    ],
)
def test_defaults_fill_in_fields_and_the_longest_path_wins(
    path, front, address, reason
):
    row = only(front, DEFAULTS, path=path)
    assert (row["url"], row["reason"]) == (address, reason)


def test_a_field_without_a_value_leaves_the_default():
    path = "en/_posts/2020-03-04-x.md"
    assert only("permalink:", DEFAULTS, path=path)["url"] == "/en/x/"


@pytest.mark.parametrize(
    "defaults",
    ["[layout]", "[{scope: posts, values: {a: b}}]", "[{scope: {}, values: a}]"],
)
def test_defaults_of_another_shape_are_no_crash(defaults):
    listed({POST: BARE}, f"defaults: {defaults}")


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_the_end_of_time_is_no_crash(zone):
    front = "date: 9999-12-31 23:59:59 -14:00\npermalink: /x/"
    told({POST: f"---\n{front}\n---\n"}, f"timezone: {zone}\nfuture: true")
