"""What a template's tags may say.

Tags name fields and choose or repeat what is printed. They cannot call anything, so a template
has no way to Python's internals, and its work grows with the data alone, never with its square.
"""

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from practice_alerts.domain.errors import BadTemplate

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If,
    nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.List, nodes.Tuple,
    nodes.Filter, nodes.Test, nodes.Keyword, nodes.Compare, nodes.Operand,
    nodes.CondExpr, nodes.Concat, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip


FILTERS = (
    "capitalize count default first join last length lower title trim upper".split()  # noqa: SIM905 - a list would take a line for each
)
TESTS = ("defined", "undefined", "none")
_DONE: Mapping[type[nodes.Node], str] = {
    nodes.Call: "it calls something",
    nodes.BinExpr: "it calculates",
    nodes.UnaryExpr: "it calculates",
    nodes.Slice: "it takes a piece of a list",
    nodes.Dict: "it makes a list of its own",
}


def check_meaning(tree: nodes.Template) -> None:
    """Refuse whatever does more than print, choose and repeat fields."""
    fault = fault_in(tree)
    if fault:
        raise BadTemplate(f"one of its tags {fault}")
    _check_loops(tree, ())


def fault_in(tree: nodes.Template) -> str:
    """What is wrong with a tag, as the second half of a sentence that begins with it; empty for nothing."""
    every = list(tree.find_all(nodes.Node))
    for node in every:
        if not isinstance(node, _ALLOWED):
            done = next((says for kind, says in _DONE.items() if isinstance(node, kind)), "")
            return f"does more than print, choose or repeat fields{f' ({done})' if done else ''}."
        name = _name_in(node)
        if name.startswith("_"):
            return f'reaches for "{name}". Names of fields do not begin with an underscore.'
    return next(filter(None, map(_fault_of, every)), "")


def _fault_of(node: nodes.Node) -> str:
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f'asks for "|{node.name}", which is not offered. After "|" may stand: {", ".join(FILTERS)}.'
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        return f'asks whether something is "{node.name}". After "is" may stand: {", ".join(TESTS)}.'
    if isinstance(node, nodes.For) and (not isinstance(node.target, nodes.Name) or node.recursive):
        return "repeats with more than one name. It is written {% for item in list %}, with one name for the item."
    if isinstance(node, nodes.For) and not field_path(node.iter, {}):
        return "repeats a list that is written into it. It may repeat a list that the document is filled with."
    return ""


def loop_path(tree: nodes.Template) -> tuple[str, str]:
    """The item's name and the path of a tree of one repetition without fault."""
    loop = tree.find(nodes.For)
    return (_name_in(loop.target), field_path(loop.iter, {})) if loop else ("", "")


def _name_in(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return str(node.arg.value)
    return node.name if isinstance(node, nodes.Name) else ""


def _check_loops(node: nodes.Node, items: tuple[str, ...]) -> None:
    for child in node.iter_child_nodes():
        if not isinstance(child, nodes.For):
            _check_loops(child, items)
            continue
        path = field_path(child.iter, {})
        if items and path.partition(".")[0] not in items:
            raise BadTemplate(
                f'the repetition over "{path}" stands inside another; it may repeat only what belongs to "{items[-1]}".'
            )
        _check_loops(child, (*items, _name_in(child.target)))


def field_path(node: nodes.Node, scope: Mapping[str, str]) -> str:
    """Return `stages[].answers` for a chain of names, and nothing for any other expression."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        return _joined(field_path(node.node, scope), node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        whole = field_path(node.node, scope)
        return (
            f"{whole}[]" if isinstance(node.arg.value, int) else _joined(whole, str(node.arg.value))
        )
    return ""


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else ""


def field_paths(node: nodes.Node, scope: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield every field that the tags name, each as long as it is written."""
    scope = scope or {"loop": ""}
    path = field_path(node, scope)
    if path:
        yield path
    elif isinstance(node, nodes.For):
        whole = field_path(node.iter, scope)
        yield whole
        inner = {**scope, _name_in(node.target): f"{whole}[]"}
        for child in (*node.body, *([node.test] if node.test else [])):
            yield from field_paths(child, inner)
        for child in node.else_:
            yield from field_paths(child, scope)
    else:
        for child in node.iter_child_nodes():
            yield from field_paths(child, scope)
