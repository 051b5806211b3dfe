"""`blog init --ci`: a file that makes a host of repositories build and deploy."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from blog.diagnostics import Abort
from blog.init import CI, init, init_ci, installed_as
from command import blog_here as blog


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_the_file_is_one_that_the_host_can_read(tmp_path: Path, host: str):
    path = init_ci(tmp_path, host, "UTC", "blog==1.0")
    text = (tmp_path / path).read_text()
    assert isinstance(yaml.safe_load(text), dict)
    assert 'python -m pip install "blog==1.0"' in text
    assert path == CI[host]


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_it_keeps_the_memo_checks_and_deploys(tmp_path: Path, host: str):
    text = (tmp_path / init_ci(tmp_path, host, "UTC", "blog")).read_text()
    places = [
        text.index(word) for word in (".blog\n", "blog check", "blog deploy --yes")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("zone", "cron"),
    [
        ("UTC", "5 0 * * *"),
        ("Europe/Oslo", "5 23 * * *"),
        ("America/New_York", "5 5 * * *"),
        ("Asia/Kathmandu", "20 18 * * *"),
        ("Pacific/Kiritimati", "5 10 * * *"),
    ],
)
def test_each_night_posts_of_the_new_day_come_out(tmp_path: Path, zone: str, cron: str):
    text = (tmp_path / init_ci(tmp_path, "github", zone, "blog")).read_text()
    schedule = yaml.safe_load(text)[True]["schedule"]
    assert schedule == [{"cron": cron}]


def test_no_secret_stands_in_an_argument(tmp_path: Path):
    text = (tmp_path / init_ci(tmp_path, "github", "UTC", "blog")).read_text()
    for step in yaml.safe_load(text)["jobs"]["deploy"]["steps"]:
        assert "secrets." not in step.get("run", "")


def test_a_site_that_is_there_gets_the_file_alone(tmp_path: Path):
    init(tmp_path, date(2024, 1, 31))
    settings = (tmp_path / "site.toml").read_text()
    zone = settings.replace('timezone = "UTC"', 'timezone = "Europe/Oslo"')
    (tmp_path / "site.toml").write_text(zone)
    code, out, _ = blog(tmp_path, "init", "--ci", "gitlab")
    assert (code, out) == (0, "wrote .gitlab-ci.yml\nNow: blog deploy --dry-run\n")
    assert "in Europe/Oslo" in (tmp_path / ".gitlab-ci.yml").read_text()


def test_a_new_site_begins_with_the_file(tmp_path: Path):
    code, out, _ = blog(tmp_path, "init", "demo", "--ci", "github")
    assert code == 0
    assert "wrote demo/site.toml\n" in out
    assert "wrote demo/.github/workflows/site.yml\n" in out


def test_extras_that_are_installed_here_are_installed_there():
    # All are, for these tests.
    assert installed_as().startswith("blog[br,")
    assert "dev" not in installed_as()


def test_a_file_that_is_there_stays(tmp_path: Path):
    (tmp_path / ".gitlab-ci.yml").write_text("mine")
    with pytest.raises(Abort, match="exists already"):
        init_ci(tmp_path, "gitlab", "UTC", "blog")
    assert (tmp_path / ".gitlab-ci.yml").read_text() == "mine"
