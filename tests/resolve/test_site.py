"""Everything that is only seen when all files are: names, links, addresses, what is published."""

import re

import pytest

from sitegen.build import site_of
from sitegen.model.site import Site
from tests.sites import InlineSite


def resolved(site: InlineSite, **options: object) -> Site:
    with site_of(site.options(**options)) as (made, found):
        assert made is not None, found
        return made


EXPLAINER = """
-- content/explainers/{name}.md --
---
title: {title}
summary: Another one.
date: {date}
topics: [housing]
sources: [report-2024]
{more}
---
{body}
"""


def another(name: str = "second", *, body: str = "Text.[@report-2024]", **keys: str) -> str:
    title = keys.pop("title", "Second")
    date = keys.pop("date", "2025-01-05")
    more = "\n".join(f"{key}: {value}" for key, value in keys.items())
    return EXPLAINER.format(name=name, title=title, date=date, more=more, body=body)


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("topics: [housing]", "topics: [housng]", "unknown-topic", "did you mean 'housing'?"),
        ("sources: [report-2024]", "sources: [report]", "unknown-source", "report-2024"),
        ("authors: [ada]", "authors: [adda]", "unknown-author", "did you mean 'ada'?"),
        ("[@report-2024, p. 2, ", "[@reprt-2024, p. 2, ", "unknown-source", "report-2024"),
        ("../topics/housing.md", "../topics/housng.md", "broken-link", "../topics/housing.md"),
        ("../topics/housing.md", "../housing.md", "broken-link", "../topics/housing.md"),
        ("../topics/housing.md", "/topics/housing/", "broken-link", "../topics/housing.md"),
        ("../topics/housing.md", "../topics/housing.md#x", "missing-anchor", "#x"),
        ("[housing](../topics/housing.md)", '<a href="#x">x</a>', "missing-anchor", "#x"),
        (
            "[housing](../topics/housing.md)",
            '<a class="footnote-ref" href="#fnx">x</a>',
            "missing-anchor",
            "#fnx",
        ),
        ("../topics/housing.md", "../../../etc/passwd", "broken-link", "etc/passwd"),
        ("See [housing](../topics/housing.md)", "See [[housng]]", "unknown-page", "'housing'?"),
        ("See [housing]", "See ![housing]", "missing-image", "housing.md"),
        ("authors: [ada]", "related: [nothing]", "unknown-explainer", "nothing"),
    ],
)
def test_dangling_names_say_file_line_and_nearest(
    site: InlineSite, old: str, new: str, code: str, says: str
) -> None:
    site.replace("content/explainers/rents.md", old, new)
    said = site.said()
    assert f"error[{code}]" in said
    assert says in said
    assert re.match(r"content/explainers/rents\.md:\d+:\d+: ", said)


def test_all_errors_of_all_files_in_one_run(site: InlineSite) -> None:
    site.replace("content/explainers/rents.md", "[housing]", "[housng]")
    site.edit("-- content/topics/broken.md --\n---\ntitle: x\n---\n")
    said = site.said()
    assert "unknown-topic" in said
    assert "content/topics/broken.md:1:1: error[missing-key]: the key 'summary'" in said


def test_two_files_of_one_address_are_both_named(site: InlineSite) -> None:
    site.edit(another(slug="Rents"))
    said = site.said()
    assert "duplicate-id" in said
    assert "content/explainers/second.md" in said
    assert "content/explainers/rents.md" in said


def test_an_alias_cannot_take_an_address(site: InlineSite) -> None:
    site.edit(another(aliases="[/explainers/rents/]"))
    assert "duplicate-address" in site.said()


def test_a_page_cannot_take_an_address_of_ours(site: InlineSite) -> None:
    site.edit("-- content/pages/search.md --\n---\ntitle: Search\n---\n")
    assert "reserved-address" in site.said()


def test_topics_that_go_in_a_circle(site: InlineSite) -> None:
    site.edit("-- content/topics/a.md --\n---\ntitle: A\nsummary: s\nparent: b\n---\n")
    site.edit("-- content/topics/b.md --\n---\ntitle: B\nsummary: s\nparent: a\n---\n")
    assert "topic-cycle" in site.said()


def test_a_slug_of_two_kinds_is_ambiguous_and_a_folder_settles_it(site: InlineSite) -> None:
    site.edit(
        "-- content/glossary/housing.md --\n---\nterm: Home\ndefinition: Where one lives.\n---\n"
    )
    site.replace("content/explainers/rents.md", "[housing](../topics/housing.md)", "[[housing]]")
    assert "ambiguous-link" in site.said()
    site.replace("content/explainers/rents.md", "[[housing]]", "[[topics/housing]]")
    assert "ambiguous-link" not in site.said()


def test_backlinks_carry_their_sentence(site: InlineSite) -> None:
    topic = resolved(site).topics["housing"]
    assert [(link.page.name, link.sentence) for link in topic.backlinks] == [
        ("rents", "See housing.")
    ]


def test_sources_know_their_claims(site: InlineSite) -> None:
    made = resolved(site)
    sentences = [
        citation.sentence
        for citations in made.bodies.citations(
            [citing.path for citing in made.sources["report-2024"].cited_by], "report-2024"
        )
        for citation in citations
    ]
    assert sentences == [
        "Rents rose in 2024.",
        "Rents rose.",
        "The office says rents rose by 4 per cent in one year.",
    ]


def test_topic_tree_holds_what_is_below(site: InlineSite) -> None:
    site.edit("-- content/topics/social.md --\n---\ntitle: Social\nsummary: s\n---\n")
    site.replace("content/topics/housing.md", "title: Housing", "title: Housing\nparent: social")
    topics = resolved(site).topics
    assert topics["social"].explainers == ("rents",)
    assert [card.name for card in topics["housing"].ancestors] == ["social"]


def test_related_by_hand_come_before_those_that_share_sources(site: InlineSite) -> None:
    site.edit(another("second")).edit(another("third", title="Third"))
    site.replace("content/explainers/rents.md", "authors: [ada]", "related: [third]")
    related = resolved(site).explainers["rents"].related
    assert [(each.name, each.chosen) for each in related] == [("third", True), ("second", False)]


def test_first_use_of_a_term_longest_first(site: InlineSite) -> None:
    site.edit("-- content/glossary/cap.md --\n---\nterm: cap\ndefinition: A limit.\n---\n")
    site.replace(
        "content/explainers/rents.md", "A rent cap was", "Rent caps and a cap and a rent cap were"
    )
    made = resolved(site)
    page = made.explainers["rents"]
    fragment = made.bodies[page.document.path].fragments["body"].html
    uses = made.bodies.term_uses(page.document.path)
    assert page.terms == ("rent-cap", "cap")
    assert [fragment[use.start : use.end] for use in uses] == ["Rent caps", "cap"]


@pytest.mark.parametrize(
    ("keys", "option"),
    [({"draft": "true"}, "drafts"), ({"date": "2025-03-01"}, "future")],
)
def test_unpublished_explainers_are_nowhere_until_asked_for(
    site: InlineSite, keys: dict[str, str], option: str
) -> None:
    site.edit(another("hidden", title="Sesame", **keys))
    site.replace("content/explainers/rents.md", "authors: [ada]", "related: [hidden]")
    site.build()
    assert not [path for path, data in site.tree().items() if b"Sesame" in data]
    assert not [path for path, data in site.tree().items() if b"hidden/" in data]
    site.build(**{option: True})
    assert "Sesame" in site.output("explainers/hidden/index.html")
    assert "Sesame" not in site.output("feed.xml")
    assert "Sesame" not in site.output("sitemap.xml")


def test_an_expired_explainer_leaves_a_notice_only(site: InlineSite) -> None:
    site.edit(another("gone", title="Sesame", expires="2025-01-20", body="Open.[@report-2024]"))
    site.replace("content/explainers/rents.md", "See [housing]", "See [it](gone.md) [housing]")
    site.build(as_of="2025-01-19")
    assert "Sesame" in site.output("explainers/gone/index.html")
    site.build()
    assert not [path for path, data in site.tree().items() if b"Sesame" in data]
    assert "gone/" in site.output("explainers/rents/index.html")
    assert "noindex" in site.output("explainers/gone/index.html")


def test_a_link_to_a_draft_would_be_dead(site: InlineSite) -> None:
    site.edit(another("hidden", draft="true"))
    site.replace("content/explainers/rents.md", "../topics/housing.md", "hidden.md")
    assert "unpublished-link" in site.said()
    assert "unpublished-link" not in site.said(drafts=True)


def test_translations_pair_by_name(site: InlineSite) -> None:
    text = (site.root / "content/explainers/rents.md").read_text("utf-8")
    (site.root / "content/explainers/rents.ja.md").write_text(
        text.replace("Why rents rise", "家賃はなぜ上がる"), "utf-8"
    )
    made = resolved(site)
    japanese = made.explainers["rents.ja"]
    assert japanese.card.permalink == "/ja/explainers/rents/"
    assert japanese.card.lang == "ja"
    assert not japanese.listed
    assert [card.lang for card in made.explainers["rents"].translations] == ["ja"]
    assert made.topics["housing"].explainers == ("rents",)


def test_dates_fall_in_the_publication_s_zone(site: InlineSite) -> None:
    site.edit(another("late", date="2025-01-31T22:00-05:00"))
    assert resolved(site).explainers["late"].day == "2025-02-01"
    site.edit(another("late", date="2025-02-01T22:00-05:00"))
    assert "late" not in resolved(site).explainers


def test_a_broken_file_hides_no_other_error_and_makes_none(site: InlineSite) -> None:
    site.replace("content/topics/housing.md", "title: Housing", "titel: Housing")
    site.replace("content/explainers/rents.md", "authors: [ada]", "authors: [adda]")
    said = site.said()
    assert "unknown-key" in said
    assert "unknown-author" in said
    assert "unknown-topic" not in said
    assert "broken-link" not in said


def test_a_body_s_error_hides_no_other_of_its_file(site: InlineSite) -> None:
    site.replace("content/explainers/rents.md", "See [housing]", "[x](javascript:y) See [housing]")
    site.replace("content/explainers/rents.md", "topics: [housing]", "topics: [housng]")
    said = site.said()
    assert "unsafe-link" in said
    assert "unknown-topic" in said


def test_the_markdown_copy_links_to_whole_addresses(site: InlineSite) -> None:
    site.replace(
        "content/explainers/rents.md",
        "See [housing](../topics/housing.md).",
        "See [housing](../topics/housing.md), [[housing]], [[rent-cap|the cap]] and"
        " `[code](../topics/housing.md)`.\n\n<!-- between editors -->",
    )
    site.build()
    copy = site.output("explainers/rents/index.md")
    assert "See [housing](https://example.org/briefings/topics/housing/)" in copy
    assert "[Housing](https://example.org/briefings/topics/housing/)" in copy
    assert "[the cap](https://example.org/briefings/glossary/rent-cap/)" in copy
    assert "`[code](../topics/housing.md)`" in copy
    assert "between editors" not in copy


def test_a_translation_s_events_stand_once_on_the_timeline(site: InlineSite) -> None:
    text = (site.root / "content/explainers/rents.md").read_text("utf-8")
    japanese = text.replace("The report comes out.", "報告書が出る。")
    (site.root / "content/explainers/rents.ja.md").write_text(japanese, "utf-8")
    site.edit(another("second", related="[rents]"))
    site.edit(another("second.ja", related="[rents]"))
    made = resolved(site)
    assert [event.page.name for event in made.timeline] == ["rents"]
    assert [each.name for each in made.explainers["second.ja"].related] == ["rents.ja"]
