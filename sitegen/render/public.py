"""What outputs for machines may tell of: published explainers, who publishes, whole addresses."""

from sitegen import urls
from sitegen.model.site import Explainer, Site
from sitegen.urls import Permalink


def published_explainers(site: Site) -> list[Explainer]:
    """Return the published explainers, newest first; drafts shown by --drafts are not."""
    return [each for each in site.explainers.values() if each.state == "published"]


def is_published(site: Site, name: str) -> bool:
    """Return whether `name` is an explainer that may be told of."""
    return name in site.explainers and site.explainers[name].state == "published"


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
