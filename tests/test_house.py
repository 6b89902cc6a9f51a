"""The rules of the house, held by a machine: sizes, floors, rooms, and pages that tell the truth."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from practice_alerts import ROOT

NOT_OURS = {".git", ".venv", "build", "dist", "data"}
PRODUCT = sorted(
    [*ROOT.glob("practice_alerts/**/*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("app.py")]
)
TESTS = sorted(ROOT.glob("tests/**/test_*.py"))
ROOMS = (ROOT / "procedures", ROOT / "form_templates")
COMMON = ROOT / "form_templates" / "common"
COUNCILS = sorted(
    {path.name for room in ROOMS for path in room.iterdir() if path.is_dir() and path != COMMON}
)

SUPPORT = sorted(
    path for room in ("tests", "bench", "tools") for path in ROOT.glob(f"{room}/**/*.py")
)
COMES_WITH = {  # a module, and the dependency whose own interface it is part of
    "pydantic_core": "pydantic",
}
USED_UNSEEN = {
    "detect-secrets": "make secrets runs it",  # pragma: allowlist secret
    "import-linter": "make check runs it",
    "mkdocs-material": "mkdocs.yml names it",
    "mypy": "make check runs it",
    "pre-commit": "git runs it before a commit, where it was installed",
    "psycopg": "SQLAlchemy loads it by the address",
    "pytest-xdist": "make test runs with it",
    "ruff": "make check runs it",
    "setuptools": "pip builds the package with it",
    "tzdata": "zoneinfo reads it where the system has no time zones",
    "wheel": "setuptools builds an editable install with it",
    "zensical": "the guide's second builder, run as a program",
}

LONGEST_FILE, LONGEST_FUNCTION = 350, 30  # lines
LONG_FILES_WITH_REASON = {
    "practice_alerts/adapters/store/core/tables.py": "every table of the store, once",
    "practice_alerts/adapters/store/office/directory.py": "people, posts and covers over time",
    "practice_alerts/casework/core/notify.py": "what each event writes, and to whom",
    "practice_alerts/casework/sample/sample_alerts.py": "a plot for each state",
    "practice_alerts/domain/acts/act_rows.py": "a row for each act",
    "practice_alerts/domain/alert/events.py": "a class for each event",
    "practice_alerts/domain/notices/kinds.py": "a row for each notice",
}
LONG_WITH_REASON: dict[str, str] = {}  # "path::function": why it reads better whole

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), name(path))


def imported(path: Path) -> Iterator[str]:
    """The dotted names a file imports, `from a import b` as `a.b`."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def written_files() -> Iterator[Path]:
    """Everything in the tree that people write and git keeps, as far as names can tell."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part.endswith("_cache") for part in parts)
        if (
            path.is_file()
            and parts[0] not in NOT_OURS
            and not hidden
            and "__pycache__" not in parts
        ):
            yield path


def requirements() -> set[str]:
    every = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    return {re.split(r"[\[<>=!~ ]", line)[0] for line in every}


# ---------------------------------------------------------------------------- dependencies and lock


def test_each_dependency_has_its_reason_on_its_page_and_no_reason_outlives_its_dependency() -> None:
    page = (ROOT / "docs/decisions/dependencies.md").read_text("utf-8")
    explained = set(re.findall(r"^\| ([a-z0-9.-]+) \|", page, re.MULTILINE)) - {"library"}
    assert explained == requirements()


def test_each_library_that_is_imported_is_named_and_each_that_is_named_is_used() -> None:
    made_by = packages_distributions()
    found = {module.partition(".")[0] for path in [*PRODUCT, *SUPPORT] for module in imported(path)}
    found -= {*sys.stdlib_module_names, "practice_alerts", "tests", "bench", "tools"}
    used = {
        COMES_WITH.get(module) or made_by[module][0].lower().replace("_", "-") for module in found
    }
    assert used - requirements() == set(), "imported, yet not named in pyproject.toml"
    assert requirements() - used - set(USED_UNSEEN) == set(), "named, yet imported nowhere"


def test_each_dependency_is_in_the_lock() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = set(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==", lock, re.MULTILINE))
    assert {wanted.replace(".", "-") for wanted in requirements()} <= {
        one.replace(".", "-") for one in locked
    }


def test_the_lock_has_a_hash_for_each_package_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert not re.findall(r"https?://|--index-url|--find-links", lock)
    entries = re.split(r"\n(?=[a-z0-9])", lock)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = [
        ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))
    ]
    named = [
        name(path)
        for path in written_files()
        if any(host.encode() in path.read_bytes() for host in hosts)
    ]
    assert named == []


# ---------------------------------------------------------------------------------- sizes and floors


def test_no_file_is_longer_than_a_person_reads_in_one_go() -> None:
    sizes = {name(path): len(path.read_text("utf-8").splitlines()) for path in PRODUCT}
    too_long = {path: lines for path, lines in sizes.items() if lines > LONGEST_FILE}
    assert set(too_long) == set(LONG_FILES_WITH_REASON), too_long


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{name(path)}::{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in PRODUCT
        if path.parent.name != "versions"  # a migration is one long list, written once
        for function in functions(path)
    }
    too_long = {where: lines for where, lines in long.items() if lines > LONGEST_FUNCTION}
    assert set(too_long) == set(LONG_WITH_REASON), too_long


def test_the_domain_knows_only_the_standard_library_and_pydantic() -> None:
    allowed = {*sys.stdlib_module_names, "pydantic", "pydantic_core"}
    strange = {
        f"{name(path)}: {module}"
        for path in PRODUCT
        if path.is_relative_to(ROOT / "practice_alerts/domain")
        for module in imported(path)
        if module.partition(".")[0] not in allowed
        and not module.startswith("practice_alerts.domain")
    }
    assert strange == set()


def test_pages_know_no_adapter() -> None:
    pages = [path for path in PRODUCT if path.parent == ROOT / "pages" or path == ROOT / "app.py"]
    known = [
        f"{name(path)}: {module}"
        for path in pages
        for module in imported(path)
        if module.startswith("practice_alerts.adapters")
    ]
    assert known == []


CALLED_BY_TOOLS = frozenset(
    {
        "practice_alerts/adapters/charts/chart_process.py",  # chart_maker, as a program
        "practice_alerts/adapters/guide/page_markdown.py",  # Markdown, by mkdocs.yml
        "practice_alerts/adapters/log/by_itself.py",  # Datasette, by its entry point
        "practice_alerts/cli/support/mkdocs_hook.py",  # MkDocs, by mkdocs.yml
    }
)


def test_every_module_of_the_package_is_reached_by_what_people_start() -> None:
    started = [path for path in PRODUCT if not path.is_relative_to(ROOT / "practice_alerts")]
    started += [path for path in PRODUCT if path.is_relative_to(ROOT / "practice_alerts/cli")]
    started += [path for path in PRODUCT if "migrations" in path.parts]  # run by Alembic, by path
    started += [path for path in PRODUCT if name(path) in CALLED_BY_TOOLS]
    assert {name(path) for path in PRODUCT} - {name(path) for path in reached(started)} == set()


def reached(started: list[Path]) -> set[Path]:
    """Every module of the package that these import, directly or not, and the packages around them."""
    files, ahead = {dotted(path): path for path in PRODUCT}, list(started)
    found: set[Path] = set()
    while ahead:
        path = ahead.pop()
        if path in found:
            continue
        found.add(path)
        for module in (*imported(path), dotted(path)):
            parts = module.split(".")
            around = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
            ahead += [files[one] for one in around if one in files]
    return found


def test_what_a_module_defines_is_used_by_the_product_and_not_by_tests_alone() -> None:
    used = {word for path in PRODUCT for word in used_names(path)}
    unused = {
        f"{name(path)}: {defined}"
        for path in PRODUCT
        if path.parent.name != "versions"  # Alembic calls what a migration defines
        if name(path) not in CALLED_BY_TOOLS
        for defined in definitions(path)
        if defined not in used and not defined.startswith("__")
    }
    assert unused == set()


def used_names(path: Path) -> Iterator[str]:
    """Every name that is read, as a name of its own or after a dot; importing alone is no use."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "cast":
            yield from re.findall(r"\w+", ast.unparse(node.args[0]))  # a type in quotes


def definitions(path: Path) -> Iterator[str]:
    for node in syntax(path).body:
        match node:
            case ast.FunctionDef(decorator_list=[ast.Call(func=ast.Name(id="verb"))]):
                pass  # it stands in the table of verbs by its decorator
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case (
                ast.Assign(targets=[ast.Name(id=known)]) | ast.AnnAssign(target=ast.Name(id=known))
            ):
                yield known
            case _:
                pass


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_each_silenced_rule_says_why() -> None:
    silenced = re.compile(r"[#] noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)* - \S)")
    silent = [
        f"{name(path)}:{number}"
        for path in [*PRODUCT, *SUPPORT, *ROOT.glob("tools/**/*.py")]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if silenced.search(line)
    ]
    assert silent == []


# -------------------------------------------------------------------------------------------- tests


def test_each_test_asserts_something() -> None:
    silent = [
        f"{name(path)}::{function.name}"
        for path in TESTS
        for function in functions(path)
        if function.name.startswith("test_") and not any(map(asserts, ast.walk(function)))
    ]
    assert silent == []


def asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func).rpartition(".")[2]
        return called in {"raises", "expect"} or called.startswith(("assert_", "check_"))
    return isinstance(node, ast.Assert)


def test_no_test_is_put_off_and_nothing_is_mocked() -> None:
    put_off = re.compile(
        r"mark\.(skip|xfail)|importorskip|\bpytest\.(skip|xfail)\(|import mock|MagicMock"
    )
    found = [
        name(path)
        for path in TESTS
        if path != Path(__file__)
        and path.name != "test_harness.py"
        and put_off.search(path.read_text("utf-8"))
    ]
    assert found == []


# -------------------------------------------------------------------------------------------- rooms


@pytest.mark.parametrize("council", COUNCILS)
def test_one_stem_four_rooms(council: str) -> None:
    rules, forms = ROOT / "procedures" / council, ROOT / "form_templates" / council
    assert (rules / "procedure.yml").is_file(), "its procedure is missing"
    assert (rules / "examples.yml").is_file(), "its worked examples are missing"
    assert list(rules.glob("**/*.md")), "its manual's pages are missing"
    assert {form.stem for form in forms.glob("*.yml")}, "its forms are missing"


@pytest.mark.parametrize("council", [*COUNCILS, COMMON.name])
def test_each_word_template_has_its_form(council: str) -> None:
    forms = ROOT / "form_templates" / council
    fields = {form.stem for form in forms.glob("*.yml")}
    assert {template.stem for template in forms.glob("*.docx")} <= fields
    assert list(forms.glob("*.docx")), "its Word template is missing"


# -------------------------------------------------------------------------------------------- pages


def test_every_make_target_is_listed_by_make_help_or_stands_inside_make_check() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    check = re.search(r"^check: ([a-z ]+)##", makefile, re.MULTILINE)
    assert phony
    assert check
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    told = set(re.findall(r"^  make ([\w-]+)", listed.stdout, re.MULTILINE))
    assert set(phony[1].split()) == told | set(check[1].split())


PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/README.md")])


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_each_link_from_a_page_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    inside = [link for link in links if not link.startswith(("http:", "https:", "mailto:", "/"))]
    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_the_version_is_the_newest_of_the_changelog_and_each_has_its_day() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first, *versions = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    assert first == "Unreleased"
    assert versions[0].split(" - ")[0] == PROJECT["project"]["version"]
    days = [date.fromisoformat(version.split(" - ")[1]) for version in versions]
    assert days == sorted(days, reverse=True)


HOOKS = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")


def test_the_checks_before_a_commit_can_be_read(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("pre-commit")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path)}
    ran = subprocess.run(
        [program, "validate-config", ROOT / ".pre-commit-config.yaml"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_checks_before_a_commit_need_no_network_and_each_command_is_there() -> None:
    assert set(re.findall(r"^ +- repo: (.+)$", HOOKS, re.MULTILINE)) == {"local"}
    hooks = re.findall(r"language: (\w+)\n +entry: (\S+)", HOOKS)
    assert len(hooks) == HOOKS.count("- id: ")
    assert {language for language, _ in hooks} <= {"system", "pygrep"}
    commands = {command for language, command in hooks if language == "system"}
    ours = {Path(sys.executable).with_name(Path(one).name) for one in commands if "/" in one}
    assert [one for one in ours if not one.is_file()] == []
    assert [one for one in commands if "/" not in one and not shutil.which(one)] == []


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
FOLDERS = ("practice_alerts", "pages", "tests", "docs", "form_templates", "procedures", "tools")


def test_each_file_that_contributors_are_sent_to_exists() -> None:
    files = re.findall(rf"`((?:{'|'.join(FOLDERS)})/[^`\s]+)`", CONTRIBUTING)
    assert [file for file in files if not (ROOT / file).exists()] == []
    assert len(files) > len(FOLDERS)


def test_each_word_of_the_index_has_its_files_and_stands_once() -> None:
    index = CONTRIBUTING.split("## Where is it?")[1]
    rows = re.findall(r"^\| ([^|]+) \| (.+) \|$", index, re.MULTILINE)[1:]
    assert [word for word, files in rows if f"`{FOLDERS[0]}/" not in files] == []
    words = [word for row, _ in rows for word in row.split(", ")]
    assert len(words) == len(set(words))


def test_each_decision_is_listed_with_its_status() -> None:
    folder = ROOT / "docs/decisions"
    listing = (folder / "README.md").read_text("utf-8")
    for note in folder.glob("[0-9]*.md"):
        status = re.search(r"^Status: (\w+)", note.read_text("utf-8"), re.MULTILINE)
        assert status, f"{note.name} has no status"
        row = rf"\]\({re.escape(note.name)}\) \|.*\| {status[1]} \|"
        assert re.search(row, listing), f"{note.name} is not listed as {status[1]}"


HEADS = {"word", "short", "takes the place of"}
GLOSSARY, DECIDED = (ROOT / "GLOSSARY.md").read_text("utf-8").split("## The words, decided")


def in_column(page: str, column: int) -> list[str]:
    """The words in a column of a page's tables, without the heads."""
    rows = re.findall(r"^\| (.+) \|$", page, re.MULTILINE)
    cells = [re.split(r" ?\| ?", row)[column] for row in rows]
    return [word for cell in cells if cell not in HEADS for word in cell.split(", ")]


def test_the_words_of_the_glossary_stand_once_each() -> None:
    words = in_column(GLOSSARY, 0)
    assert len(words) == len(set(words))
    assert {"practice alert", "ladder", "clock", "time limit", "hold", "outcome"} <= set(words)


def test_a_decided_word_is_the_one_explained_and_those_it_replaces_are_not() -> None:
    explained = set(in_column(GLOSSARY, 0))
    assert set(in_column(DECIDED, 0)) <= explained
    assert explained & set(in_column(DECIDED, 1)) == set()
