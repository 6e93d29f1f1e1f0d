"""Long lists on the pages of topics and sources end somewhere."""

from tests.sites import InlineSite


def many_sources(count: int) -> str:
    """Return `count` sources, and an explainer that rests on each, twice on the last."""
    records = "".join(
        f"-- content/sources/paper-{n:02}.md --\n---\ntitle: Paper {n:02}\npublisher: The Office\n"
        f"published: 2024\nurl: https://example.org/{n}\nkind: report\n---\n\n"
        for n in range(count)
    )
    claims = " ".join(f"It is [so][@paper-{n:02}]." for n in [*range(count), count - 1])
    return (
        f"{records}-- content/explainers/papers.md --\n---\ntitle: On papers\n"
        "summary: All of them.\ndate: 2025-01-09\ntopics: [housing]\nsources: [paper-00]\n"
        f"---\n{claims}\n"
    )


def test_a_topic_shows_fifty_sources_and_says_how_many_more_there_are(site: InlineSite) -> None:
    site.edit(many_sources(60))
    assert site.build().published
    page = site.output("topics/housing/index.html")
    rows = page.split('id="so"')[1].split("</section>")[0]
    assert rows.count("<li>") == 50
    assert rows.index("Paper 59") < rows.index("Paper 00")
    assert '<a href="../../sources/">11 more, among all sources</a>' in rows


def test_a_topic_with_few_sources_shows_all(site: InlineSite) -> None:
    site.edit(many_sources(49))
    assert site.build().published
    rows = site.output("topics/housing/index.html").split('id="so"')[1].split("</section>")[0]
    assert rows.count("<li>") == 50
    assert "among all sources" not in rows


def test_a_source_names_ten_others_of_its_publisher(site: InlineSite) -> None:
    site.edit(many_sources(20))
    assert site.build().published
    others = site.output("sources/paper-03/index.html").split('id="same"')[1].split("</section>")[0]
    names = [f"Paper {n:02}" for n in (0, 1, 2, 4, 5, 6, 7, 8, 9, 10)]
    assert others.count("<li>") == 10
    assert all(name in others for name in names)
