"""Compiles templates to Python that means what Jinja's own means and runs in half the time.

Jinja writes `escape(environment.getattr(note, 'number'))` and `context.call(link, target)`: each is
three or four Python calls, and a page has a thousand of them. The usual cases are answered at once:
text that is plain or escaped already, a field of a view, a word of the interface, a macro called by
position. Every other case goes to Jinja's own function, so escaping, undefined names and errors are
Jinja's.
"""

import marshal
import re
from collections.abc import Callable
from functools import cache, partial
from keyword import iskeyword
from types import BuiltinMethodType, CodeType, MethodType
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, LoopContext, Macro
from markupsafe import Markup, escape
from msgspec import Struct

from sitegen.render.typeset import typeset
from sitegen.render.views import overviews

# What the code of templates imports besides the classes below.
try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:
    escape_text = escape
safe = str.__new__
TextMethod = BuiltinMethodType

_VIEWS = tuple(
    each
    for each in Struct.__subclasses__()
    if each.__module__.startswith(f"{overviews.__package__}.")
)
"""All views and their parts: whatever one may hold, `overviews` has imported."""
_PLAIN_FIELDS = re.compile(r"(?:[^{}]|\{\w*\})*")


@cache
def classes_with(name: str) -> frozenset[type]:
    """Return the views that have a field of this name, and the builtins that have a method."""
    classes: tuple[type, ...] = (*_VIEWS, str, Markup, list, tuple, dict, LoopContext)
    return frozenset(each for each in classes if hasattr(each, name))


class _Code(CodeGenerator):
    """Writes the usual case before what Jinja writes; `_it` is the value at hand.

    A name is assigned within its own condition (`x.a if (_it := x)...`), which Python evaluates
    before all else, so that expressions inside one another can share it.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        name = node.attr
        cases = []
        if classes_with(name):
            cases.append((f"_it.{name}", f"in _with_{name}"))
        if not hasattr(dict, name):
            cases.append((f"_it[{name!r}]", f"is dict and {name!r} in _it"))
        (value, test), *others = cases
        self.write(f"({value} if (_kind := (_it := ")
        self.visit(node.node, frame)
        self.write(f").__class__) {test} else ")
        for value, test in others:
            self.write(f"{value} if _kind {test} else ")
        self.write(f"environment.getattr(_it, {name!r}))")

    def visit_Call(  # noqa: N802
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,
    ) -> None:
        if isinstance(node.node, nodes.Name) and not node.kwargs:
            value, test = "_it._func", f"is _PlainMacro and _it.arity == {len(node.args)}"
            test += " and context.eval_ctx.autoescape"
        else:
            value, test = "_it", "is _Method and _it.__self__.__class__ is str"
        if forward_caller or node.dyn_args or node.dyn_kwargs or _has_keywords(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write(f"({value} if (_it := ")
        self.visit(node.node, frame)
        self.write(f").__class__ {test} else context.bind(_it")
        self.write(", _loop_vars=_loop_vars" if frame.loop_frame else "")
        self.write(", _block_vars=_block_vars" if frame.block_frame else "")
        self.write("))(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        arguments = node.args or node.kwargs or node.dyn_args or node.dyn_kwargs
        if node.name != "safe" or node.node is None or arguments:
            super().visit_Filter(node, frame)
            return
        self.write("(_safe(Markup, _it) if (_it := ")
        self.visit(node.node, frame)
        self.write(").__class__ is str else Markup(_it))")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        if force_unescaped:  # a macro's
            self.writeline(f"return _safe(Markup, concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame):
            self.write("(_it if (_kind := (_it := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame):
            self.write(
                ").__class__) is Markup else _escape_text(_it) if _kind is str"
                " else str(_it) if _kind is int else escape(_it))"
            )
        else:
            super()._output_child_post(node, frame, finalize)


def _has_keywords(node: nodes.Call) -> bool:
    """Return whether an argument has a name that Python keeps for itself, such as `class`."""
    return any(iskeyword(each.key) for each in node.kwargs)


def _escapes(frame: Frame) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


class PlainMacro(Macro):
    """A macro whose function returns safe text, so that it can be called without the macro."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        special = self.caller or self.catch_kwargs or self.catch_varargs
        self.arity = -1 if special else len(self.arguments)

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        made: str = self._func(*arguments)
        return made if autoescape else str(made)


class _Context(Context):
    """Calls what is not a macro called by position or a method of a plain text."""

    def bind(self, called: Any, **variables: Any) -> Callable[..., Any]:
        """Return what calls `called` as Jinja does."""
        if type(called) is MethodType and called.__func__ is Markup.format:
            text: Any = called.__self__
            return partial(_formatted, text)
        return partial(self.call, called, **variables)


def _formatted(text: Markup, /, *args: Any, **kwargs: Any) -> Markup:
    """Return what `text.format` returns, by `str.format` where the fields are names alone."""
    if _PLAIN_FIELDS.fullmatch(text):
        escaped = {name: escape(value) for name, value in kwargs.items()}
        try:
            return Markup(str.format(text, *map(escape, args), **escaped))  # noqa: S704
        except (KeyError, IndexError, ValueError):
            pass  # the other says it in its own words
    return text.format(*args, **kwargs)


class _KeptCode(jinja2.BytecodeCache):
    """Keeps the code of each template from build to build, until its text is another."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key] = (bucket.checksum, bucket.code)

    def dumped(self) -> bytes:
        """Return all that is kept, for `take` in the process that this one was forked from."""
        return marshal.dumps(self._kept)

    def take(self, dumped: bytes) -> None:
        """Keep what another process kept; a template whose text is another is compiled anew."""
        self._kept.update(marshal.loads(dumped))  # noqa: S302 - from a process of this build


KEPT_CODE = _KeptCode()
"""The compiled templates of this process. They are never stored: stored code could be another's."""


class TemplateEnvironment(jinja2.Environment):
    """Jinja's environment as templates need it; `loader` is asked once for each template."""

    code_generator_class = _Code
    context_class = _Context

    def __init__(self, loader: jinja2.BaseLoader | None = None) -> None:
        self._loaded: dict[Any, jinja2.Template] = {}
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=KEPT_CODE,
        )
        # Words outside ASCII stand as they are: as escapes they would be twice as long.
        self.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
        # Chance would make every build another.
        del self.globals["lipsum"], self.filters["random"]
        self.filters["typeset"] = typeset
        # Every page carries some: Japanese as it is takes a third of its escapes.
        self.policies["json.dumps_kwargs"] = {
            "sort_keys": True,
            "ensure_ascii": False,
            "separators": (",", ":"),
        }

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> jinja2.Template:  # noqa: A002
        """Return a template; a page asks for twenty."""
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent, globals)
        return found

    def keep_code(self, name: str, source: str, filename: str) -> list[str]:
        """Compile a template for when it is asked for; return the templates that it names.

        Raises jinja2.TemplateError where it can't be compiled.
        """
        bucket = KEPT_CODE.get_bucket(self, name, filename, source)
        parsed = self.parse(source, name, filename)
        named = [each for each in meta.find_referenced_templates(parsed) if each is not None]
        if bucket.code is None:
            bucket.code = self.compile(parsed, name, filename)
            KEPT_CODE.set_bucket(bucket)
        return named

    def make_globals(self, d: Any) -> dict[str, Any]:
        """Return the names every template sees; nothing changes them, so no chain of maps."""
        return {**self.globals, **(d or {})}

    def _compile(self, source: str, filename: str) -> CodeType:
        fields = sorted(set(re.findall(r" in _with_(\w+)", source)))
        ours = [
            f"from {__name__} import PlainMacro as Macro, PlainMacro as _PlainMacro",
            f"from {__name__} import TextMethod as _Method, classes_with",
            f"from {__name__} import escape_text as _escape_text, safe as _safe",
            *(f"_with_{field} = classes_with({field!r})" for field in fields),
        ]
        # Jinja's imports stand in the first line; lines keep their numbers, for errors.
        first, _, rest = source.partition("\n")
        return super()._compile("; ".join([first, *ours]) + f"\n{rest}", filename)
