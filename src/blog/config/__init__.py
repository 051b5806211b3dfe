"""`site.toml`: the schema of its keys, and how it is read."""

from blog.config.places import FILE, locate, toml_fault
from blog.config.reading import read_config, read_settings
from blog.config.schema import (
    SCHEMA,
    Budget,
    Cards,
    Checks,
    Config,
    Content,
    NavItem,
    Project,
    Serve,
    TagEntry,
    Theme,
)
from blog.config.targets import KINDS, S3, WORDS, Folder, Git, Ssh, target_of

__all__ = [
    "FILE",
    "KINDS",
    "S3",
    "SCHEMA",
    "WORDS",
    "Budget",
    "Cards",
    "Checks",
    "Config",
    "Content",
    "Folder",
    "Git",
    "NavItem",
    "Project",
    "Serve",
    "Ssh",
    "TagEntry",
    "Theme",
    "locate",
    "read_config",
    "read_settings",
    "target_of",
    "toml_fault",
]
