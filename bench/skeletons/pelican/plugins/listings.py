"""Tells templates which articles belong to a topic or cite a source, and each page by its slug."""

from collections import defaultdict

from pelican import signals


def gather(generators):
    articles = next(each for each in generators if hasattr(each, "articles"))
    pages = next(each for each in generators if hasattr(each, "pages"))
    listed = defaultdict(list)
    for article in articles.articles:
        for slug in f"{article.topics} {article.sources}".split():
            listed[slug].append(article)
    by_slug = {page.slug: page for page in pages.pages}
    for generator in (articles, pages):
        generator.context["listed"] = listed
        generator.context["by_slug"] = by_slug


def register():
    signals.all_generators_finalized.connect(gather)
