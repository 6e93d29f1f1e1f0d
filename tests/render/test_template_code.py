"""Our compiled templates say what stock Jinja says, in output and in errors."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import jinja2
import pytest
from markupsafe import Markup
from msgspec import Struct

from sitegen.render import views
from sitegen.render.folders import default_folder
from sitegen.render.template_code import KEPT_CODE, TemplateEnvironment, classes_with
from sitegen.render.template_compiler import compiled_templates, take_compiled
from sitegen.render.template_files import TemplateFiles, template_folders
from sitegen.render.templates import Templates
from sitegen.render.views.links_and_dates import DateView, Link

PARTIAL = """
{%- macro link(to, words='') -%}<a{{ to.href }}>{{ words or to.title }}</a>{%- endmacro %}
{%- macro rest() -%}{{ varargs|join('-') }}{{ kwargs.title }}{%- endmacro %}
{%- macro boxed(title) -%}[{{ title }}{{ caller('<&>') }}]{%- endmacro %}
{%- macro asked(title) -%}{{ title is defined }}{%- endmacro %}
{%- macro deep(n) -%}{{ n }}{% if n %}{{ deep(n - 1) }}{% endif %}{%- endmacro %}
"""

TEMPLATES = (
    "{{ page.title }} {{ page.href }} {{ page.count }} {{ page.current }}",
    "{{ safe }} {{ none }} {{ number }} {{ safe ~ page.title }} {{ page.title|e }}",
    "{{ page.titel }}",
    "{{ page.titel.more }}",
    "{{ page.titel is defined }} {{ page.title is defined }} {{ missing is defined }}",
    "{{ missing }}",
    "{{ missing.title }}",
    "{{ none.title }}",
    "{{ number.title }}",
    "{{ mapping.title }} {{ mapping.lang }} {{ mapping.items()|list }}",
    "{{ proxy }} {{ proxy.title }}",
    "{{ page.title.format(n=1) }} {{ safe.format('<&>') }} {{ 'a{n}'.format(n=page.title) }}",
    "{{ '{}'.format() }}",
    "{{ link(page) }} {{ link(page, '<b>') }} {{ link(page, words=safe) }} {{ link(to=page) }}",
    "{{ link() }}",
    "{{ rest(class='a', title='b') }} {{ '{class}'.format(class=1) }}",
    "{{ link(*[page]) }} {{ link(**{'to': page}) }}",
    "{% autoescape false %}{{ deep(2) }}{{ link(page) ~ '<' }}{% endautoescape %}{{ deep(2) }}",
    "{% macro own(a) %}<{% for n in [1] %}{{ link(a) }}{% endfor %}{% endmacro %}{{ own(page) }}",
    "{{ link(page, 'a', 'b') }}",
    "{{ link(page, other='b') }}",
    "{{ rest(1, 2, title='<&>') }}",
    "{% call(words) boxed('<t>') %}{{ words }}{{ page.title }}{% endcall %}",
    "{{ boxed('<t>') }}",
    "{{ asked() }} {{ asked(none) }} {{ asked(missing) }}",
    "{{ deep(3) }}",
    "{% for each in [page, mapping] if each.title %}{{ loop.index }}{{ link(each) }}{% endfor %}",
    "{% autoescape false %}{{ page.title }}{{ link(page) }}{% endautoescape %}",
    "{% autoescape not page.current %}{{ page.title }}{{ link(page) }}{% endautoescape %}",
    "{% set words %}{{ page.title }}{% endset %}{{ words }}{{ words|length }}",
    "{% set ns = namespace(title='<n>') %}{% set ns.title = page %}{{ ns.title.href }}",
    "{% filter upper %}{{ page.title }}{% endfilter %}",
    "{{ call_it(page.title) }} {{ call_it('<i>') }}",
    "{{ stop() }}",
    "{{ page['title'] }} {{ page.title[0].title() }} {{ [page]|map(attribute='title')|list }}",
    "{% with title = page %}{{ title.title }}{% endwith %}",
    "{% block main %}{{ link(page) }}{% for n in [1] %}{{ link(page) }}{% endfor %}{% endblock %}",
    "{{ '{} {a} {b}'|e.format() }}",
    "{{ ('{} {a} {b}'|e).format(1, a=safe, b='<') }} {{ ('{a!r} {{'|e).format(a='<') }}",
    "{{ ('{a}'|e).format() }}",
    "{{ ('{}{1}'|e).format(1) }}",
    "{{ ('{a.title} {b:>3}'|e).format(a=page, b=1) }}",
    "{{ ('{a}{b}'|e).format(a=none, b=number) }}",
    "{{ ('{a}'|e).format(a=missing) }}",
    "{{ mapping.get('title') }} {{ [1].count(1) }} {{ mapping.copy().title }}",
    "{% for n in [1, 2] %}{{ loop.last }}{{ loop.index }}{{ loop.titel }}{% endfor %}",
    "{{ true }} {{ 5 }} {{ page.count }} {{ -1 }}",
    "{{ date.text }} {{ date.iso }} {{ date.title }}",
    "{{ page.title|safe }} {{ safe|safe }} {{ '<i>'|safe }} {{ page.title|safe ~ '<' }}",
    "{{ number|safe }} {{ none|safe }} {{ mapping|safe }} {{ proxy|safe }}",
    "{{ missing|safe }}",
    "{{ page.titel|safe }}",
    "{{ page.title|safe(1) }}",
    "{% filter safe %}{{ page.title }}{% endfilter %} {{ page.title|upper|safe|lower }}",
    "{% autoescape false %}{{ (page.title|safe).format(n='<') }}{% endautoescape %}",
    "{% autoescape number > 1 %}{{ (page.title|safe).format(n='<') }}{% endautoescape %}",
)


class Proxy:
    """Says that it is what it stands for, as some proxies do."""

    title = "<own>"

    def __str__(self) -> str:
        return "<proxy>"

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return Link


@jinja2.pass_context
def call_it(context: jinja2.runtime.Context, words: str) -> str:
    return f"{context.name}{words}"


def stop() -> None:
    raise StopIteration


@pytest.mark.parametrize("module", [each.name for each in iter_modules(views.__path__)])
def test_the_fields_of_every_view_are_read_without_asking_jinja(module: str) -> None:
    defined = vars(import_module(f"{views.__name__}.{module}")).values()
    for each in defined:
        if isinstance(each, type) and issubclass(each, Struct) and each is not Struct:
            for field in each.__struct_fields__:
                assert each in classes_with(field), (each, field)


def said(environment: jinja2.Environment, template: str) -> str:
    names = "link, rest, boxed, asked, deep"
    environment.loader = jinja2.DictLoader(
        {"part": PARTIAL, "page": "{% from 'part' import " + names + " %}\n" + template}
    )
    try:
        return environment.get_template("page").render(
            page=Link(href=' "&', title="<T> {n} 'q'", lang=""),
            date=DateView(iso="2025-01", text="<Jan>"),
            safe=Markup("<b>{}</b>"),
            none=None,
            number=1.5,
            mapping={"title": "<m>", "href": "", "items": "shadowed"},
            proxy=Proxy(),
            call_it=call_it,
            stop=stop,
        )
    except Exception as error:  # noqa: BLE001 - whatever a template may raise
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_says_what_jinja_says(template: str) -> None:
    stock = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    assert said(TemplateEnvironment(), template) == said(stock, template)


def test_code_compiled_on_another_core_is_used_only_for_the_text_it_was_made_of(
    tmp_path: Path,
) -> None:
    page = tmp_path / "page.html"
    page.write_text("{% include 'part.html' %}, {{ page.title }}")
    (tmp_path / "part.html").write_text("Hello")
    code = compiled_templates(tmp_path, ("page.html",))
    page.write_text("{% include 'part.html' %} again, {{ page.title }}")
    take_compiled(code)
    made = Templates(tmp_path).render("page.html", Link(href="/", title="<b>"), "en")
    assert made == b"Hello again, &lt;b&gt;\n"


def test_every_default_template_can_be_compiled_on_another_core() -> None:
    take_compiled(compiled_templates(Path("nowhere")))
    files = TemplateFiles(template_folders(None))
    environment = TemplateEnvironment()
    for name in files.names():
        source, path = files.source(name)
        assert KEPT_CODE.get_bucket(environment, name, str(path), source).code, name


def test_the_defaults_are_sound_and_name_others_as_a_reading_without_parsing_finds() -> None:
    parsed, read = Templates(default_folder()), Templates(None)
    assert parsed.check() == ()
    assert read.check() == ()
    assert read.closures == parsed.closures
    for name in TemplateFiles([default_folder()]).names():
        dynamic, named = parsed._references(name)
        assert not dynamic
        assert sorted(set(named)) == sorted(set(read._references(name)[1]))
