"""Hypothesis strategies for publications made of valid parts."""

import json
from datetime import date

from hypothesis import strategies as st

SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True).filter(
    lambda slug: (
        slug not in {"con", "prn", "aux", "nul", "index", "page", "feed", "feed-xml"}
        and not slug.startswith(("com", "lpt"))
    )
)
TITLES = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"),
        exclude_characters="\ufeff",
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: bool(text.strip()) and any(c.isalnum() for c in text))
WORDS = st.sampled_from(
    "rent cap the office U.S. said 4 % 尖閣諸島 *so* `code` “quoted” & < > \\ | A.B. x_y".split()
)
PLAIN = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


AS_OF = "2025-06-01"
_EARLIEST, _LATEST = date(2024, 1, 1), date(2025, 12, 31)


def quoted(text: str) -> str:
    """Return text as a double-quoted YAML scalar: JSON's form, astral characters included."""
    return json.dumps(text, ensure_ascii=False)


@st.composite
def publications(draw: st.DrawFn) -> dict[str, str]:
    """Return the files of a publication in which every name and link leads somewhere."""
    topics = draw(st.lists(SLUGS, min_size=1, max_size=3, unique=True))
    sources = draw(st.lists(SLUGS, min_size=1, max_size=3, unique=True))
    explainers = draw(st.lists(SLUGS, min_size=1, max_size=4, unique=True))
    terms = draw(st.lists(st.sampled_from(["rent cap", "office", "尖閣諸島"]), unique=True))
    files = {
        "content/site.yaml": "title: Random\nbase_url: https://example.org/a/b/\n"
        "language: en\ntime_zone: Asia/Tokyo\n"
    }
    for name in topics:
        parent = ""
        if topics.index(name) and draw(st.booleans()):
            parent = f"parent: {topics[0]}\n"
        files[f"content/topics/{name}.md"] = (
            f"---\ntitle: {quoted(draw(TITLES))}\nsummary: {quoted(draw(PLAIN))}\n{parent}---\n"
        )
    for name in sources:
        published = draw(st.sampled_from(["unknown", "2024", "2024-05", "2024-05-06"]))
        files[f"content/sources/{name}.md"] = (
            f"---\ntitle: {quoted(draw(TITLES))}\npublisher: {quoted(draw(TITLES))}\n"
            f"published: {published}\nurl: https://news.example/{sources.index(name)}\n"
            f"{'' if sources.index(name) else ARCHIVED}---\n"
        )
    for number, term in enumerate(terms):
        files[f"content/glossary/term{number}.md"] = (
            f"---\nterm: {quoted(term)}\ndefinition: {quoted(draw(PLAIN))}\n---\n"
        )
    days = {name: draw(st.dates(_EARLIEST, _LATEST)).isoformat() for name in explainers}
    states = {
        name: draw(
            st.sampled_from(["", "draft: true\n", "expires: 2025-01-01\n", "featured: on\n"])
        )
        for name in explainers
    }
    # A link to what is not published would be an error, rightly.
    targets = [n for n in explainers if days[n] <= AS_OF and "draft" not in states[n]]
    for name in explainers:
        made = draw(_explainer(targets, topics, sources, days[name], states[name]))
        files[f"content/explainers/{name}.md"] = made
    return files


ARCHIVED = "archive_url: https://archive.example/0\n"


@st.composite
def _explainer(
    draw: st.DrawFn,
    targets: list[str],
    topics: list[str],
    sources: list[str],
    day: str,
    state: str,
) -> str:
    def claim() -> str:
        locator = draw(st.sampled_from(["", ", p. 2", ', para. 3, "own [...] words"']))
        words = draw(st.sampled_from(["", "[rents rose]", "[they *will* move]"]))
        return f"{words}[@{draw(st.sampled_from(sources))}{locator}]"

    def paragraph() -> str:
        links = [
            "",
            "[out](https://news.example/0)",
            f"[t](../topics/{draw(st.sampled_from(topics))}.md)",
        ]
        if targets:
            target = draw(st.sampled_from(targets))
            links += [f"[see]({target}.md)", f"[[explainers/{target}]]"]
        link = draw(st.sampled_from(links))
        return f"{draw(PLAIN)} {claim()} {link}\n"

    heading = draw(st.sampled_from(["## One\n\n", "## Sources\n\n", "### 尖閣\n\n", "- "]))
    points = "".join(f"  - {quoted(draw(PLAIN) + ' ' + claim())}\n" for _ in range(2))
    body = "\n".join(heading + paragraph() for _ in range(draw(st.integers(1, 3))))
    return (
        f"---\ntitle: {quoted(draw(TITLES))}\nsummary: {quoted(draw(PLAIN))}\ndate: {day}\n"
        f"topics: [{draw(st.sampled_from(topics))}]\nsources: [{draw(st.sampled_from(sources))}]\n"
        f"key_points:\n{points}{state}---\n{body}"
    )
