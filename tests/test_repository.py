"""The rules of the house, held by reading the code and the repository."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import milia_onto
from milia_onto.model.namespaces import NAMESPACES
from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Sources

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "src" / "milia_onto"
MODULES = sorted(PACKAGE.rglob("*.py"))
MODULE_LINES, FUNCTION_LINES = 250, 40
# Lowest first: a layer imports its own modules and those of layers before it.
LAYERS = (
    "_version",
    "model",
    "owl",
    "shacl",
    "serialise",
    "registry",
    "tables",
    "concepts",
    "fhir",
    "omop",
    "stages",
    "publish",
    "reconcile",
    "link",
    "mappings",
    "linked",
    "site",
    "edges",
    "load",
    "serve",
    "pipeline",
    "cli",
)
ABOVE_ALL = {"__init__", "__main__"}
# A value of the middle knows the type of what a lower box holds; for type checkers only.
TYPES_ONLY = {("model.values", "owl.ontology"), ("model.values", "owl.taxonomy")}
KEPT_IN_ONE_PLACE = {
    "httpx": {"edges/http.py", "edges/http_auth.py"},
    "owlready2": {"edges/hermit_process.py"},
    "pyshacl": {"edges/shacl.py"},
    "subprocess": {"edges/reasoner.py"},
    "socket": {
        "cli/serve.py",
        *(f"serve/{name}.py" for name in ("connection", "crew", "listen", "nursery", "worker")),
    },
    "starlette": {
        f"serve/{name}.py"
        for name in (
            "app",
            "asked",
            "connection",
            "fhir",
            "listen",
            "reconcile",
            "replies",
            "sparql",
        )
    },
    "urllib.request": set(),
    "requests": set(),
}
# Methods of a path that touch the disk.
TOUCHES = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir"}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def layer_of(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(PROJECT)}:{getattr(node, 'lineno', 0)}"


def walk(node: ast.AST, *, types: bool) -> Iterator[ast.AST]:
    """All nodes below ``node``; without ``types`` not those for type checkers only."""
    for child in ast.iter_child_nodes(node):
        only_types = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        if types or not only_types:
            yield child
            yield from walk(child, types=types)


def imports_of(path: Path, *, types: bool = True) -> Iterator[tuple[ast.AST, str]]:
    """Every module that a module imports, anywhere in it; relative imports made absolute."""
    own = ["milia_onto", *path.relative_to(PACKAGE).parent.parts]
    for node in walk(tree_of(path), types=types):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = own[: len(own) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            if module == "milia_onto" or (node.level and not node.module):
                yield from ((node, f"{module}.{alias.name}") for alias in node.names)
            else:
                yield node, module


def test_there_is_code_to_look_at() -> None:
    assert len(MODULES) > 80
    assert {layer_of(name_of(path)) for path in MODULES} == {*LAYERS, *ABOVE_ALL}


def test_no_module_is_longer_than_a_person_reads_at_once() -> None:
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    long = {str(p.relative_to(PROJECT)): n for p, n in lengths.items() if n > MODULE_LINES}
    assert long == {}


def test_no_function_is_longer_than_a_person_keeps_in_mind() -> None:
    long = []
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, FUNCTIONS):
                first = node.body[0]
                is_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                body = node.body[1:] if is_doc and len(node.body) > 1 else node.body
                length = (node.end_lineno or 0) - body[0].lineno + 1
                if length > FUNCTION_LINES:
                    long.append(f"{where(path, node)} {node.name}: {length} lines")
    assert long == []


def test_imports_point_one_way() -> None:
    wrong = []
    for path in MODULES:
        module = name_of(path)
        if module in ABOVE_ALL:
            continue
        rank = LAYERS.index(layer_of(module))
        for node, target in imports_of(path):
            if not target.startswith("milia_onto."):
                continue
            other = target.removeprefix("milia_onto.")
            if layer_of(other) not in LAYERS or LAYERS.index(layer_of(other)) <= rank:
                continue
            if (module, other) not in TYPES_ONLY:
                wrong.append(f"{where(path, node)} imports {target}")
    assert wrong == []


def test_exceptions_to_the_layers_are_for_type_checkers_only() -> None:
    for module, target in TYPES_ONLY:
        path = PACKAGE / f"{module.replace('.', '/')}.py"
        assert f"milia_onto.{target}" not in {name for _, name in imports_of(path, types=False)}
        assert f"milia_onto.{target}" in {name for _, name in imports_of(path)}


def test_no_module_imports_itself_around_a_corner() -> None:
    graph = {
        name_of(path): {
            target.removeprefix("milia_onto.")
            for _, target in imports_of(path, types=False)
            if target.startswith("milia_onto.")
        }
        for path in MODULES
        if name_of(path) not in ABOVE_ALL
    }
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " → ".join([*above, module])
        if module not in done and module in graph:
            for target in sorted(graph[module] - {module}):
                visit(target, (*above, module))
            done.add(module)

    for module in sorted(graph):
        if not (PACKAGE / module.replace(".", "/")).is_dir():
            visit(module, ())


@pytest.mark.parametrize("package", KEPT_IN_ONE_PLACE)
def test_a_package_is_kept_in_one_place(package: str) -> None:
    assert len(KEPT_IN_ONE_PLACE) == 8
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for _, target in imports_of(path)
        if target == package or target.startswith(f"{package}.")
    }
    assert users == KEPT_IN_ONE_PLACE[package]


def test_only_the_edges_touch_the_disk() -> None:
    wrong = []
    for path in MODULES:
        if layer_of(name_of(path)) == "edges":
            continue
        for node in ast.walk(tree_of(path)):
            called = node.func if isinstance(node, ast.Call) else None
            is_open = isinstance(called, ast.Name) and called.id == "open"
            is_method = isinstance(called, ast.Attribute) and called.attr in TOUCHES
            # os.open of /dev/null for a reader that left is no file of anybody.
            if (is_open or is_method) and "devnull" not in ast.dump(node):
                wrong.append(f"{where(path, node)}: {ast.unparse(node)}")
    assert wrong == []


def test_nothing_is_printed() -> None:
    found = [
        where(path, node)
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Name) and node.id in {"print", "pprint", "breakpoint"}
    ]
    assert found == []


def test_nothing_is_left_to_do() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{path.relative_to(PROJECT)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if words.search(line)
    ]
    assert found == []


FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def public_definitions(path: Path) -> Iterator[FUNCTIONS | ast.ClassDef]:
    for node in tree_of(path).body:
        if isinstance(node, FUNCTIONS | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, FUNCTIONS) and not inner.name.startswith("_"):
                        yield inner


def test_every_module_and_public_name_is_explained() -> None:
    bare = [str(p.relative_to(PROJECT)) for p in MODULES if not ast.get_docstring(tree_of(p))]
    bare += [
        f"{where(path, node)} {node.name}"
        for path in MODULES
        for node in public_definitions(path)
        if not ast.get_docstring(node)
    ]
    assert bare == []


def raised_in(node: ast.AST) -> set[str]:
    """The errors that a function raises itself; those of faults and of argparse are left out."""
    errors = [found.exc for found in ast.walk(node) if isinstance(found, ast.Raise) and found.exc]
    names = {ast.unparse(exc.func if isinstance(exc, ast.Call) else exc) for exc in errors}
    return names - {"AssertionError", "argparse.ArgumentTypeError"}


def test_every_public_function_says_what_it_raises() -> None:
    silent, looked_at = [], 0
    for path in MODULES:
        explained = False
        for node in public_definitions(path):
            says = "raise" in (ast.get_docstring(node) or "").lower()
            if isinstance(node, ast.ClassDef):
                # What its methods have in common a class may say once.
                explained = says
            elif errors := raised_in(node):
                looked_at += 1
                inside = node.col_offset > 0
                if not says and not (inside and explained):
                    silent.append(f"{where(path, node)} {node.name}: {', '.join(sorted(errors))}")
    assert silent == []
    assert looked_at > 140


def test_every_public_function_is_typed() -> None:
    untyped = []
    for path in MODULES:
        for node in public_definitions(path):
            if isinstance(node, FUNCTIONS):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                bare = [
                    a.arg for a in arguments if not a.annotation and a.arg not in {"self", "cls"}
                ]
                if bare or node.returns is None:
                    untyped.append(f"{where(path, node)} {node.name}")
    assert untyped == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_all_is_complete_and_sorted_where_it_is_stated(path: Path) -> None:
    module = import_module(f"milia_onto.{name_of(path)}" if path.stem != "__init__" or path.parent != PACKAGE else "milia_onto") if path.stem != "__main__" else None  # fmt: skip
    stated = getattr(module, "__all__", None)
    if stated is None:
        assert layer_of(name_of(path)) != "__init__"
        return
    # The order of ruff's RUF022: constants, classes, then the rest.
    assert list(stated) == sorted(stated, key=isort_key)
    assert len(stated) == len(set(stated))
    defined = {node.name for node in public_definitions(path) if node in tree_of(path).body}
    assert defined <= set(stated)
    for name in stated:
        assert getattr(module, name) is not None


def isort_key(name: str) -> tuple[int, str]:
    bare = name.strip("_")
    rank = 0 if bare.isupper() and len(bare) > 1 else 1 if bare[:1].isupper() else 2
    return rank, name


def test_the_public_names_of_the_package_can_be_imported_and_are_explained() -> None:
    assert milia_onto.__all__
    for name in milia_onto.__all__:
        value = getattr(milia_onto, name)
        assert name == "__version__" or inspect.getdoc(value), name
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = milia_onto.no_such_name


def test_the_prefixes_of_the_code_are_those_of_the_table(sources: Sources) -> None:
    prefixes, _ = read_prefixes("p.tsv", sources.files["ontology/prefixes.tsv"])
    table = {row.name: row.namespace for row in prefixes.rows}
    assert {name: table.get(name) for name in NAMESPACES} == NAMESPACES


def tracked() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    names = [name for name in done.stdout.decode().split("\0") if name]
    return [PROJECT / name for name in names if (PROJECT / name).is_file()]


# Paths of somebody's machine and addresses of package registries: names of what must not be there
FORBIDDEN = {
    "a home folder": r"(?<![\w./>-])/(?:home|Users)/[a-z]\w*/",
    "the super-user's folder": r"(?<![\w./>-])/root/",
    "a package registry": r"(?i)\b(?:files\.pythonhosted|pypi\.python|test\.pypi|repo1?\.maven)\.org",
    "a package index": r"--(?:extra-)?index-url|\bindex-url\s*=",
}
SELF = Path(__file__).resolve()


@pytest.mark.parametrize("name", FORBIDDEN)
def test_no_tracked_file_tells_of_a_machine_or_a_registry(name: str) -> None:
    assert len(FORBIDDEN) == 4
    pattern = re.compile(FORBIDDEN[name])
    found = []
    for path in tracked():
        if path == SELF:
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        if match := pattern.search(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{path.relative_to(PROJECT)}:{line}: {match[0]}")
    assert found == []


def test_every_tracked_text_is_utf_8_with_line_feeds() -> None:
    for path in tracked():
        data = path.read_bytes()
        if b"\0" in data[:8000]:
            continue
        data.decode("utf-8")
        assert b"\r" not in data, path
        assert data == b"" or data.endswith(b"\n"), path
