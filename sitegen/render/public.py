"""What outputs for machines may tell of: published explainers, who publishes, whole addresses."""

from sitegen import urls
from sitegen.model.site import Explainer, Site
from sitegen.urls import Permalink


def published_explainers(site: Site) -> list[Explainer]:
    """Return the published explainers, newest first; drafts shown by --drafts are not."""
    return [each for each in site.explainers.values() if each.state == "published"]


def published_names(site: Site) -> frozenset[str]:
    """Return the names of the explainers that may be told of."""
    return frozenset([each.card.name for each in published_explainers(site)])


def publisher_name(site: Site) -> str:
    """Return who publishes: the publisher's name, else the publication's title."""
    yaml = site.settings.yaml
    return yaml.publisher.name if yaml.publisher else yaml.title


def whole_address(site: Site, permalink: Permalink, anchor: str = "") -> str:
    """Return the canonical address of a page or file."""
    return urls.absolute(site.settings.base, permalink, anchor)


def last_changed(explainer: Explainer) -> str:
    """Return the day an explainer was last published, updated, corrected or reviewed."""
    return max(explainer.day, explainer.updated, explainer.meta.reviewed)
