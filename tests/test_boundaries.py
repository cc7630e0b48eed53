"""Imports go one way: people ← rounds ← conduct ← nominations ← voting ← scoring ← documents ← setup ← mailing ←
privacy ← help ← keeping ← sso ← rehearsal ← demo (DESIGN section 2)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = [
    "anas.people",
    "anas.rounds",
    "anas.conduct",
    "nominations",
    "voting",
    "scoring",
    "anas.documents",
    "anas.setup",
    "anas.mailing",
    "anas.privacy",
    "anas.help",
    "anas.keeping",
    "anas.sso",
    "anas.rehearsal",
    "anas.demo",
]
# Routes lead to pages of every app; they are where the house is put together.
EXEMPT = {"urls.py", "admin.py"}


def layer(module: str) -> int | None:
    return next((n for n, name in enumerate(LAYERS) if module == name or module.startswith(f"{name}.")), None)


def modules() -> list[Path]:
    folders = [ROOT / name.replace(".", "/") for name in LAYERS]
    return [
        path
        for folder in folders
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts and path.name not in EXEMPT
    ]


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_below_it(path):
    own = layer(".".join(path.relative_to(ROOT).with_suffix("").parts))

    above = {name for name in imported(path) if (layer(name) or 0) > own}

    assert above == set()


@pytest.mark.parametrize(
    "library, places",
    [
        ("weasyprint", {"anas/documents/pdf.py"}),
        ("pyhanko", {f"anas/documents/signing/{name}.py" for name in ("pades", "sameness", "tagging")}),
    ],
)
def test_a_heavy_library_is_imported_in_its_places_alone(library, places):
    users = {str(path.relative_to(ROOT)) for path in modules() if any(m.startswith(library) for m in imported(path))}

    assert users == places


def test_the_arithmetic_knows_no_database_and_no_float():
    source = (ROOT / "scoring/arithmetic.py").read_text()

    assert {name for name in imported(ROOT / "scoring/arithmetic.py") if name.startswith(("django", "anas"))} == set()
    assert [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant) and type(node.value) is float
    ] == []
    assert "float(" not in source


def test_only_the_services_of_the_rounds_assign_the_state_of_a_round_or_stage():
    """Other models have states of their own; a round's and a stage's are written in one module."""
    writers = {
        str(path.relative_to(ROOT))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        for target in getattr(node, "targets", [])
        for item in getattr(target, "elts", [target])
        if isinstance(item, ast.Attribute) and ast.unparse(item) in ("round.state", "stage.state")
    }

    assert writers == {"anas/rounds/services.py"}
