"""Says which feeds there are and which explainers stand in each."""

from collections.abc import Iterable, Iterator
from functools import cache

from sitegen.model.dates import parse_moment, timestamp
from sitegen.model.site import Explainer, Site
from sitegen.render.feeds import Feed, FeedAuthor, FeedEntry, FeedTopic
from sitegen.render.fragments import feed_html
from sitegen.render.public import (
    published_explainers,
    publisher_name,
    whole_address,
)
from sitegen.render.recipe import Recipe
from sitegen.urls import Permalink, companion, file_permalink, output_path, permalink

MOST_ENTRIES = 30


def feed_recipes(site: Site) -> Iterator[Recipe]:
    """Yield the site's Atom and JSON feeds and each topic's Atom feed; none with `feeds: false`."""
    yaml = site.settings.yaml
    if not yaml.feeds:
        return
    zone = site.settings.zone

    @cache
    def changed(name: str) -> str:
        """Return the time of the last change that a subscriber would want to know of."""
        meta = site.explainers[name].meta
        times = [meta.date, meta.updated, *(entry.date for entry in meta.corrections)]
        return max(filter(None, times), key=lambda text: parse_moment(text, zone))

    @cache
    def entry(name: str) -> FeedEntry:
        return _entry(site, site.explainers[name], timestamp(changed(name), zone))

    def feed(
        own: Permalink, page: Permalink, names: Iterable[str], title: str, about: str, lang: str
    ) -> Feed:
        latest = sorted(names)
        latest.sort(key=lambda name: parse_moment(changed(name), zone), reverse=True)
        return Feed(
            title=title,
            subtitle=about,
            lang=lang,
            address=whole_address(site, own),
            page=whole_address(site, page),
            publisher=FeedAuthor(
                name=publisher_name(site),
                url=whole_address(site, permalink()),
            ),
            updated=timestamp(changed(latest[0]) if latest else site.as_of, zone),
            entries=tuple(entry(name) for name in latest[:MOST_ENTRIES]),
        )

    listed = [each.card.name for each in published_explainers(site) if each.listed]
    for renderer, address in (
        ("atom", file_permalink("feed.xml")),
        ("json-feed", file_permalink("feed.json")),
    ):
        view = feed(address, permalink(), listed, yaml.title, yaml.description, yaml.language)
        yield Recipe(output_path=output_path(address), renderer=renderer, view=view)
    public = frozenset(listed)
    for topic in site.topics.values():
        address = companion(topic.card.permalink, "feed.xml")
        view = feed(
            address,
            topic.card.permalink,
            public.intersection(topic.explainers),
            f"{topic.meta.title} \u2013 {yaml.title}",
            topic.meta.summary,
            topic.card.lang,
        )
        yield Recipe(output_path=output_path(address), renderer="atom", view=view)


def _entry(site: Site, explainer: Explainer, updated: str) -> FeedEntry:
    meta = explainer.meta
    image = site.images.get(("explainer", explainer.card.name))
    return FeedEntry(
        address=whole_address(site, explainer.card.permalink),
        title=meta.title,
        summary=meta.summary,
        lang=explainer.card.lang,
        published=timestamp(meta.date, site.settings.zone),
        updated=updated,
        authors=tuple(
            FeedAuthor(name=card.title, url=whole_address(site, card.permalink))
            for card in explainer.authors
        ),
        topics=tuple(
            FeedTopic(slug=name, title=site.topics[name].meta.title) for name in explainer.topics
        ),
        image=whole_address(site, image) if image else "",
        content=_content(site, explainer),
    )


def _content(site: Site, explainer: Explainer) -> str:
    """Return the key points as a list, then the body."""
    points = [
        f"<li>{feed_html(site, explainer, f'key_points.{number}')}</li>\n"
        for number in range(len(explainer.meta.key_points))
    ]
    listed = f"<ul>\n{''.join(points)}</ul>\n" if points else ""
    return listed + feed_html(site, explainer, "body")
