"""The notebook runs in a real kernel, as a reader would run it."""

from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[1] / "examples" / "claims.ipynb"


def test_the_notebook_runs_and_shows_the_view() -> None:
    nbformat = pytest.importorskip("nbformat", reason="needs the packages of the extra test")
    nbclient = pytest.importorskip("nbclient", reason="needs the packages of the extra test")
    pytest.importorskip("ipykernel", reason="needs the packages of the extra test")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    ).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in shown if output.output_type == "error"]
    assert any("<iframe" in output.get("data", {}).get("text/html", "") for output in shown)
