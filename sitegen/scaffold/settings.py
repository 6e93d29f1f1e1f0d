"""The text of a new publication's content/site.yaml, with every key it may have."""

from sitegen.scaffold.scalars import quoted


def site_yaml(title: str, base_url: str) -> str:
    """Return the settings; optional keys stand in it as comments."""
    return f"""\
# The publication's settings. Every key is described in sitegen's writing guide; a misspelt key is
# an error, so nothing here is ignored in silence. Take the # away from a line to use its key.

title: {quoted(title)}

# Where the site is published, with its path: https://example.github.io/briefings/
base_url: {quoted(base_url)}

# The language of pages that do not say otherwise (BCP 47): en, ja, pt-BR.
language: en

# Where the publication's day begins (an IANA name, such as Asia/Tokyo). It decides when an
# explainer dated tomorrow appears.
time_zone: UTC

# One or two sentences, for search engines and feeds.
description: "Plain explainers, each claim with its source."

# Who publishes. url and logo are optional; logo is a path on this site.
# publisher:
#   name: "The name of the publisher"
#   url: https://example.org/
#   logo: /assets/logo.svg

# The repository that holds these files: each page then has a link to edit it.
# repository: https://github.com/example/briefings

# Days after which an explainer is due for review, unless it says otherwise itself.
# review_every: 180

# The main navigation. Without it: explainers, topics, timeline, glossary and the pages that say
# nav: true.
# nav:
#   - Explainers: /explainers/
#   - About: /about/

# Extensions of Python-Markdown beyond those that are always on.
# markdown_extensions:
#   - sane_lists
#   - toc:
#       permalink: false

# Filters for your own templates, from packages that register them under sitegen.filters.
# template_filters:
#   - a_filter

# Each can be turned off.
# feeds: true
# search: true
# api: true
# citation_files: true
# markdown_copies: true

# Let warnings stop a build as errors do.
# strict: false

# A picture of each explainer, which other sites show beside a link to it.
# social_cards: true

# How each page says it is cited; without it, sitegen's own way.
# citation_style: chicago-notes-bibliography
"""
