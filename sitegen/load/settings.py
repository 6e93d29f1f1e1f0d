"""Loads content/site.yaml."""

from zoneinfo import ZoneInfo

from sitegen.diagnostics import Diagnostic, Span, did_you_mean, has_errors
from sitegen.engine.filters import filter_names, filter_problem
from sitegen.load import schema, text, yaml
from sitegen.model.settings import SiteYaml
from sitegen.urls import parse_base_url

PATH = "content/site.yaml"


def load_settings(data: bytes | None) -> tuple[SiteYaml | None, tuple[Diagnostic, ...]]:
    """Return the publication's settings, or None and why there are none."""
    if data is None:
        return None, (
            Diagnostic(
                path=PATH,
                code="missing-site-yaml",
                message="the publication has no settings",
                help="run 'sitegen init', or write title:, base_url:, language: and time_zone:",
            ),
        )
    decoded, found = text.decode(PATH, data)
    if found:
        return None, found
    node, found = yaml.compose(PATH, decoded, 1)
    if found:
        return None, found
    read = schema.read(PATH, node, SiteYaml, Span(1, 1))
    settings: SiteYaml | None = read.value
    if settings is None:
        return None, read.diagnostics
    problems = (*read.diagnostics, *_problems(settings, dict(read.spans)))
    return None if has_errors(problems) else settings, problems


def _problems(settings: SiteYaml, spans: dict[str, Span]) -> list[Diagnostic]:
    found: list[Diagnostic] = []

    def report(key: str, message: str, mend: str, code: str = "bad-setting") -> None:
        found.append(
            Diagnostic(path=PATH, code=code, message=message, span=spans.get(key), help=mend)
        )

    if parse_base_url(settings.base_url) is None:
        report(
            "base_url",
            f"'{settings.base_url}' can't be the site's address",
            "write it without ? and #, such as https://example.github.io/briefings/",
        )
    try:
        ZoneInfo(settings.time_zone)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        report("time_zone", f"there is no time zone '{settings.time_zone}'", "such as Asia/Tokyo")
    if settings.markdown_extensions:
        from sitegen.load.markdown import extension_problem

        for extension in settings.markdown_extensions:
            problem = extension_problem(extension)
            if problem:
                report("markdown_extensions", problem, "install its package, or remove it")
    for name in settings.template_filters:
        problem = filter_problem(name)
        if problem:
            hint = did_you_mean(name, filter_names())
            report("template_filters", problem, hint or "install its package, or remove it")
    return found
