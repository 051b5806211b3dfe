"""Projects: from `site.toml`, and from files in `content/projects/`."""

from conftest import A, built, lines, output
from sites import head, texts, values, words

TOML = (
    'title = "T"\nbase_url = "https://example.org"\n'
    '[[projects]]\ntitle = "One"\ntext = "Of site.toml."\n'
)
BESIDE = "content/projects/tool.svg"


def project(title: str, text: str = "What it *does*.", **fields: str) -> str:
    rows = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\ntitle: {title}\n{rows}---\n\n{text}\n"


TOOL = project(
    "Tool", url="https://tool.example/?a=1", picture="./tool.svg", note="Go · 2024"
)


def site(**files: str) -> dict[str, str]:
    return output({A: head(), **files})


def test_those_of_the_settings_come_first_then_files_by_order_and_name():
    made = site(
        **{
            "site.toml": TOML,
            "content/projects/a.md": project("A"),
            "content/projects/b.md": project("B"),
            "content/projects/c/index.md": project("C", order="1"),
        }
    )
    for path, level in (("projects/index.html", "h2"), ("index.html", "h3")):
        assert texts(made[path], f".cards {level}") == ["One", "C", "A", "B"]


def test_a_file_with_an_address_elsewhere_leads_there_and_shows_all_of_its_text():
    two = TOOL + "\n## How\n\nSlowly.\n"
    made = site(**{"content/projects/tool.md": two, BESIDE: "<svg/>"})
    page = made["projects/index.html"]
    assert values(page, ".cards a", "href") == ["https://tool.example/?a=1"]
    assert words(page, ".cards") == "Tool What it does. How Slowly. Go · 2024"
    assert values(page, ".cards [id]", "id") == []
    assert "projects/tool/index.html" not in made


def test_a_file_without_one_leads_to_a_page_of_its_own_and_shows_its_summary():
    text = "Short.\n\n<!-- more -->\n\nLong."
    made = site(**{"content/projects/tool.md": project("Tool", text)})
    page = made["projects/index.html"]
    assert values(page, ".cards a", "href") == ["/projects/tool/"]
    assert words(page, ".cards") == "Tool Short."
    assert words(made["projects/tool/index.html"], ".prose") == "Short. Long."


def test_the_picture_of_a_file_lies_beside_it():
    made = site(**{"content/projects/tool.md": TOOL, BESIDE: "<svg/>"})
    (picture,) = values(made["projects/index.html"], ".cards img", "src")
    assert (picture or "").lstrip("/") in made


def test_a_text_introduces_them_wherever_it_lies():
    for path in ("content/projects.md", "content/projects/index.md"):
        made = site(**{"content/projects/a.md": project("A"), path: "# Made\n\nSo.\n"})
        assert texts(made["projects/index.html"], ".prose p, .cards h2") == ["So.", "A"]


def test_a_project_that_is_a_draft_is_nowhere():
    made = site(**{"content/projects/a.md": project("A", draft="true")})
    assert [path for path in made if "projects" in path] == []


def test_a_project_in_another_language_says_so():
    made = site(**{"content/projects/a.md": project("A", lang="ar")})
    assert values(made["projects/index.html"], ".cards li", "dir") == ["rtl"]


def test_an_address_that_is_none_is_told():
    files = {"content/projects/a.md": project("A", url="javascript:alert(1)")}
    assert lines(built(files)) == [
        "content/projects/a.md:3:1: error: the address of the project is none:"
        " 'javascript:alert(1)' [bad-address]",
        "  3 | url: javascript:alert(1)",
        "    | ^^^ write it whole, e.g. https://example.org/, or from the root: /about/",
    ]


def test_a_picture_that_does_not_exist_is_told():
    result = built({"content/projects/tool.md": TOOL})
    assert [d.code for d in result.diagnostics] == ["missing-image"]
