"""The site for Pelican: pages of posts, lists of ten, tag pages, one feed."""

SITENAME = "Bench"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = STATIC_PATHS = []
OUTPUT_PATH = "public"
THEME = "theme"
PLUGIN_PATHS = ["."]
PLUGINS = ["neighbours"]
# What was read is kept for the next build, as long as the file is not touched.
CACHE_CONTENT = LOAD_CONTENT_CACHE = True

ARTICLE_URL = "blog/{slug}/"
ARTICLE_SAVE_AS = "blog/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
INDEX_SAVE_AS = "blog/index.html"
TAGS_SAVE_AS = "tags/index.html"
ARCHIVES_SAVE_AS = AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = ""
CATEGORY_SAVE_AS = CATEGORIES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "home"]
HOME_SAVE_AS = "index.html"

DEFAULT_PAGINATION = 10
PAGINATED_TEMPLATES = {"index": None, "tag": None}
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]

FEED_ALL_RSS = "rss.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False

MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"guess_lang": False},
        "markdown.extensions.extra": {},
        "markdown.extensions.toc": {},  # for the ids of headings
    },
    "output_format": "html5",
}
