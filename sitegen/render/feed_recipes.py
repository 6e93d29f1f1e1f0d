"""Says which feeds there are and which explainers stand in each."""

import html
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from sitegen.model.dates import timestamp
from sitegen.model.pages import Explainer, Topic
from sitegen.model.relations import Correction
from sitegen.model.site import Site
from sitegen.render.alerts import alerts_html
from sitegen.render.feeds import Feed, FeedAuthor, FeedEntry, FeedTopic
from sitegen.render.fragments import feed_html, shown_body
from sitegen.render.place import Place
from sitegen.render.public import publisher_name, whole_address
from sitegen.render.recipe import MakeView, Recipe
from sitegen.urls import Permalink, companion, file_permalink, permalink

MOST_ENTRIES = 30


FEED_VIEWS: Mapping[str, MakeView] = {
    "feed": lambda at, *_: _site_feed(at),
    "corrections-feed": lambda at, *_: _corrections_feed(at),
    "topic-feed": lambda at, name, _: _topic_feed(at, at.site.topics[name]),
}


def feed_recipes(site: Site) -> Iterator[Recipe]:
    """Yield the site's Atom and JSON feeds, the Atom feeds of corrections and of each topic.

    There are none with `feeds: false`.
    """
    if not site.settings.yaml.feeds:
        return
    for renderer, address in (
        ("atom", file_permalink("feed.xml")),
        ("json-feed", file_permalink("feed.json")),
    ):
        yield Recipe(here=address, renderer=renderer, view="feed", lang="")
    corrections = companion(permalink("corrections"), "feed.xml")
    yield Recipe(here=corrections, renderer="atom", view="corrections-feed", lang="")
    for name, topic in site.topics.items():
        address = companion(topic.card.permalink, "feed.xml")
        yield Recipe(here=address, renderer="atom", view="topic-feed", lang="", subject=name)


def _site_feed(at: Place) -> Feed:
    site = at.site
    yaml = site.settings.yaml
    latest = site.latest[:MOST_ENTRIES]
    return _feed(at, permalink(), latest, yaml.title, yaml.description, yaml.language)


def _topic_feed(at: Place, topic: Topic) -> Feed:
    site = at.site
    members = frozenset(topic.explainers)
    return _feed(
        at,
        topic.card.permalink,
        tuple(islice(filter(members.__contains__, site.latest), MOST_ENTRIES)),
        f"{topic.meta.title} \u2013 {site.settings.yaml.title}",
        topic.meta.summary,
        topic.card.lang,
    )


def _corrections_feed(at: Place) -> Feed:
    site = at.site
    zone = site.settings.zone
    published = frozenset(site.latest)
    latest = [each for each in site.corrections if each.page.name in published][:MOST_ENTRIES]
    words = at.words
    return Feed(
        title=f"{words['nav']['corrections']} \u2013 {site.settings.yaml.title}",
        subtitle=str(words["corrections_summary"]),
        lang=site.settings.yaml.language,
        address=whole_address(site, at.here),
        page=whole_address(site, permalink("corrections")),
        publisher=FeedAuthor(name=publisher_name(site), url=whole_address(site, permalink())),
        updated=timestamp(latest[0].entry.date if latest else site.as_of, zone),
        entries=tuple(_correction(at, each) for each in latest),
    )


def _correction(at: Place, correction: Correction) -> FeedEntry:
    site, entry, words = at.site, correction.entry, at.words
    address = whole_address(site, correction.page.permalink)
    explainer = site.explainers[correction.page.name]
    number = explainer.meta.corrections.index(entry) + 1
    moment = timestamp(entry.date, site.settings.zone)
    said = [html.escape(entry.text)]
    said += [f"{words['was']} <del>{html.escape(entry.was)}</del>"] if entry.was else []
    said += [f"{words['now']} <ins>{html.escape(entry.now)}</ins>"] if entry.now else []
    return FeedEntry(
        address=f"{address}#corrections",
        own_id=f"{address}#correction-{number}",
        title=f"{words['correction_kinds'][entry.kind]}: {correction.page.title}",
        summary=entry.text,
        lang=correction.page.lang,
        published=moment,
        updated=moment,
        authors=(),
        topics=(),
        image="",
        changed_sources=(),
        content="".join(f"<p>{line}</p>\n" for line in said),
    )


def _feed(
    at: Place,
    page: Permalink,
    latest: Sequence[str],
    title: str,
    about: str,
    lang: str,
) -> Feed:
    site = at.site
    zone = site.settings.zone
    changed = site.explainers[latest[0]].changed if latest else site.as_of
    return Feed(
        title=title,
        subtitle=about,
        lang=lang,
        address=whole_address(site, at.here),
        page=whole_address(site, page),
        publisher=FeedAuthor(name=publisher_name(site), url=whole_address(site, permalink())),
        updated=timestamp(changed, zone),
        entries=tuple(_entry(at, site.explainers[name]) for name in latest),
    )


def _entry(at: Place, explainer: Explainer) -> FeedEntry:
    site = at.site
    meta = explainer.meta
    image = site.images.get(explainer.document.path)
    return FeedEntry(
        address=whole_address(site, explainer.card.permalink),
        title=meta.title,
        summary=meta.summary,
        lang=explainer.card.lang,
        published=timestamp(meta.date, site.settings.zone),
        updated=timestamp(explainer.changed, site.settings.zone),
        authors=tuple(
            FeedAuthor(name=card.title, url=whole_address(site, card.permalink))
            for card in explainer.authors
        ),
        topics=tuple(
            FeedTopic(slug=name, title=site.topics[name].meta.title) for name in explainer.topics
        ),
        image=whole_address(site, image) if image else "",
        changed_sources=tuple([(alert.status, alert.note) for alert in explainer.alerts]),
        content=alerts_html(site, explainer.alerts, at.words) + _content(at, explainer),
    )


def _content(at: Place, explainer: Explainer) -> str:
    """Return the key points as a list, then the body."""
    said = shown_body(at.site, explainer).fragments
    points = [
        f"<li>{said[f'key_points.{number}'].html}</li>\n"
        for number in range(len(explainer.meta.key_points))
    ]
    listed = f"<ul>\n{''.join(points)}</ul>\n" if points else ""
    return feed_html(at.site, explainer, listed + said["body"].html, at.words)
