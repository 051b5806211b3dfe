"""Posts for measuring: as many as wanted, the same on every machine.

    python bench/corpus.py 1000 FOLDER

A post has about 1,100 words, three blocks of code, a list, a table, links, pictures of
nothing, and one to five of a hundred tags, few of them in most posts.
"""

import argparse
from datetime import date, timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - with a seed, the same posts every time

NOUNS = [
    "service",
    "queue",
    "ledger",
    "schema",
    "replica",
    "cache",
    "budget",
    "deadline",
    "retry",
    "index",
    "shard",
    "token",
    "broker",
    "worker",
    "tenant",
    "invoice",
    "parcel",
    "roster",
    "gauge",
    "trace",
    "span",
    "alert",
    "pager",
    "runbook",
    "migration",
    "rollout",
    "canary",
    "lease",
    "quota",
    "cursor",
    "payload",
    "envelope",
    "topic",
    "offset",
    "snapshot",
]
VERBS = [
    "holds",
    "drops",
    "doubles",
    "waits",
    "answers",
    "forgets",
    "keeps",
    "splits",
    "merges",
    "retries",
    "drains",
    "fills",
    "copies",
    "locks",
    "expires",
    "grows",
    "breaks",
    "returns",
    "measures",
    "moves",
]
ADJECTIVES = [
    "slow",
    "quiet",
    "stale",
    "small",
    "honest",
    "boring",
    "late",
    "cold",
    "wide",
    "strict",
    "cheap",
    "early",
    "plain",
    "spare",
]
CODE = {
    "python": (
        "def {a}_{b}(items: list[int], limit: int = {n}) -> int:\n"
        '    """Counts what the {b} {v}."""\n'
        "    total = 0\n"
        "    for place, item in enumerate(items):  # the {j} ones first\n"
        "        if item > limit and place % 2 == 0:\n"
        "            total += item * {n}\n"
        '    return total if total else len("{a} {b}")\n'
    ),
    "bash": (
        '#!/usr/bin/env bash\nset -euo pipefail\nfor {a} in "$@"; do\n'
        '    grep -c "{b}" "${a}.log" | awk \'{{ print $1 * {n} }}\'\n'
        "done\n"
    ),
    "javascript": (
        "export async function {a}({b}, {{ limit = {n} }} = {{}}) {{\n"
        "  const rows = await fetch(`/api/{a}/${{{b}}}?limit=${{limit}}`);\n"
        "  // what is {j} comes last\n"
        "  return (await rows.json()).filter((row) => row.{v} !== null);\n}}\n"
    ),
    "rust": (
        "pub fn {a}(input: &[u64], limit: u64) -> Option<u64> {{\n"
        "    let {b} = input.iter().filter(|n| **n > limit).count() as u64;\n"
        "    if {b} == 0 {{ return None; }} // {j}\n    Some({b} * {n})\n}}\n"
    ),
    "yaml": "{a}:\n  {b}: {n}\n  limits: [{n}, 2, 3]\n  when: '{v}'\n  # {j}\n",
}


def write(count: int, folder: Path) -> None:
    """Writes `count` posts into `folder`, which need not be there."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(20)
    slugs: list[str] = []
    for number in range(count):
        slug = f"{chance.choice(ADJECTIVES)}-{chance.choice(NOUNS)}-{number:05}"
        day = date(2000, 1, 1) + timedelta(days=9000 * number // max(1, count))
        text = _post(chance, slug, day, slugs[-3:])
        (folder / f"{day}-{slug}.md").write_text(text, encoding="utf-8")
        slugs.append(slug)


def _post(chance: Random, slug: str, day: date, before: list[str]) -> str:
    count = chance.randint(1, 5)
    tags = sorted({f"topic-{int(100 * chance.random() ** 3)}" for _ in range(count)})
    title = slug.replace("-", " ").capitalize()
    head = f'---\ntitle: "{title}"\nslug: {slug}\ndate: {day}\ntags: {tags}\n---\n'
    parts = [head.replace("'", '"'), _paragraph(chance), "<!--more-->"]
    for section in range(6):
        parts += [
            f"## {_sentence(chance)[:-1]}",
            _paragraph(chance),
            _paragraph(chance),
        ]
        if section % 2 == 0:
            parts.append(_code(chance))
        elif section == 1:
            parts.append("\n".join(f"- {_sentence(chance)}" for _ in range(5)))
        elif section == 3:
            rows = "\n".join(
                f"| {chance.choice(NOUNS)} | {chance.randint(1, 999)} |"
                for _ in range(6)
            )
            parts.append(f"| what | how many |\n| --- | ---: |\n{rows}")
    links = " ".join(f"[{other}](/blog/{other}/)" for other in before)
    return "\n\n".join([*parts, links or "The first of them."]) + "\n"


def _sentence(chance: Random) -> str:
    words = [
        f"the {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)} {chance.choice(VERBS)}"
        for _ in range(chance.randint(2, 4))
    ]
    text = ", and ".join(words).capitalize()
    return f"{text}."


def _paragraph(chance: Random) -> str:
    found = [_sentence(chance) for _ in range(chance.randint(3, 6))]
    found[1] = f"*{found[1]}*"
    found[-1] = (
        f"See `{chance.choice(NOUNS)}` and [more](https://example.org/). {found[-1]}"
    )
    return " ".join(found)


def _code(chance: Random) -> str:
    language = chance.choice(sorted(CODE))
    blocks = (
        CODE[language].format(
            a=chance.choice(NOUNS),
            b=chance.choice(NOUNS),
            j=chance.choice(ADJECTIVES),
            v=chance.choice(VERBS),
            n=chance.randint(2, 900),
        )
        for _ in range(2)
    )
    return f"```{language}\n" + "\n".join(blocks) + "```"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    write(given.count, given.folder)
