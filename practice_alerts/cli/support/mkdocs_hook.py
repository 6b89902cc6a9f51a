"""What MkDocs calls before it builds by its own commands: the guide is compiled, and built from there."""

from pathlib import Path
from typing import Any

from practice_alerts.adapters.files.procedures import load_all
from practice_alerts.adapters.guide.build import compile_into, complete_search, menu_of
from practice_alerts.cli.support.context import World, guide_folder
from practice_alerts.domain.errors import Expected

_COMPILED: list[Any] = []
"""What was compiled last: `mkdocs serve` does it again and again."""


def on_config(config: Any) -> Any:
    """Put the compiled pages and their menu in place. A fault in a council's file is told in its sentence."""
    settings = World().settings()
    into = guide_folder(settings)
    try:
        councils = load_all(settings.procedures, settings.form_templates)
        guide = compile_into(into, councils, World().today)
    except Expected as fault:
        raise SystemExit(str(fault)) from None
    config.docs_dir, config.nav = str(into / "guide"), menu_of(guide)
    _COMPILED[:] = [guide]
    return config


def on_post_build(config: Any) -> None:
    """Complete the search; MkDocs calls its plugins, of which the search is one, before hooks."""
    complete_search(Path(config.site_dir), _COMPILED[-1])


def on_serve(server: Any, config: Any, **_: Any) -> Any:
    """Watch what people write, and not what is compiled: that would begin anew at each compiling."""
    settings = World().settings()
    server.unwatch(config.docs_dir)
    for folder in (settings.procedures, settings.form_templates):
        server.watch(str(folder))
    return server
