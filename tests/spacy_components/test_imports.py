"""What merely importing us, or merely having us installed, costs other programs."""

import subprocess
import sys

HEAVY = {"spacy", "jieba", "dateparser", "numpy", "pypinyin", "opencc", "pydantic", "ahocorasick_rs"}
_LOADED = "import sys; print(*sorted(sys.modules))"


def modules_after(statements: str) -> set[str]:
    command = [sys.executable, "-c", f"{statements}\n{_LOADED}"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_importing_the_package_imports_nothing_heavy() -> None:
    loaded = modules_after("import ecomlink_nlp")
    assert not loaded & HEAVY
    assert {name for name in loaded if name.startswith("ecomlink_nlp")} == {"ecomlink_nlp"}


def test_importing_the_package_is_quick() -> None:
    timing = "import time; t = time.perf_counter(); import ecomlink_nlp; print(time.perf_counter() - t)"
    runs = (
        subprocess.run([sys.executable, "-c", timing], capture_output=True, text=True, check=True).stdout
        for _ in range(3)
    )
    assert min(map(float, runs)) < 0.15


def test_a_strangers_pipeline_imports_only_our_factory_names() -> None:
    loaded = modules_after(
        'import spacy; nlp = spacy.blank("en"); nlp("hello"); assert nlp.has_factory("ecomlink_values")'
    )
    assert {name for name in loaded if name.startswith("ecomlink_nlp")} == {
        "ecomlink_nlp",
        "ecomlink_nlp.spacy_components",
        "ecomlink_nlp.spacy_components.factories",
    }
    assert not loaded & {"jieba", "dateparser", "pypinyin", "opencc", "ahocorasick_rs"}


def test_entry_points_name_the_components_without_an_import_of_ours() -> None:
    modules_after(
        'import spacy; nlp = spacy.blank("zh"); nlp.add_pipe("ecomlink_values"); assert nlp("3亿元").spans["values"]'
    )
