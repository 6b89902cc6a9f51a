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


def check_meaning(tree: nodes.Template) -> None:
    """Refuse whatever does more than print, choose and repeat fields."""
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            word = type(node).__name__.lower()
            raise BadTemplate(f"a tag does more than print, choose or repeat fields ({word}).")
        name = _name_in(node)
        if name.startswith("_"):
            raise BadTemplate(
                f'a tag reaches for "{name}". Names of fields do not begin with an underscore.'
            )
    _check_loops(tree, ())


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
        if not isinstance(child.target, nodes.Name) or child.recursive:
            raise BadTemplate(
                "a repeating tag is written {% for item in list %}, with one name for the item."
            )
        path = field_path(child.iter, {})
        if not path or (items and path.partition(".")[0] not in items):
            raise BadTemplate(
                f'the repetition over "{path}" stands inside another; it may repeat only what belongs to "{items[-1] if items else ""}".'
            )
        _check_loops(child, (*items, child.target.name))


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
