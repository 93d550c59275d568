"""Builds the wheel of the spaCy pipeline: ``python models/build_package.py dist``, then ``pip install dist/zh_ecomlink-*.whl``.

The pipeline is rules and lexicons, which are in the package ``ecomlink-nlp``; the wheel holds its config and
requires the package in the version that built it.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import spacy
from spacy.cli.package import package

import ecomlink_nlp

HERE = Path(__file__).parent
NAME = "ecomlink"


def build(target: Path) -> Path:
    """Write the wheel into the folder ``target`` and return its path."""
    version = ecomlink_nlp.__version__
    nlp = spacy.util.load_model_from_config(
        spacy.util.load_config(HERE / "zh_ecomlink" / "config.cfg"), auto_fill=True
    )
    nlp.meta.update(
        name=NAME,
        version=version,
        description="Claims, names, values and times out of damaged Chinese e-commerce text",
        author="The ecomlink-nlp developers",
        license="Apache-2.0",
        requirements=[f"ecomlink-nlp=={version}"],
    )
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        nlp.to_disk(model)
        (model / "README.md").write_bytes((HERE / "README.md").read_bytes())
        package(
            model,
            Path(folder),
            name=NAME,
            version=version,
            create_sdist=False,
            create_wheel=False,
            silent=True,
        )
        source = Path(folder) / f"zh_{NAME}-{version}"
        # pip fetches what building needs; `spacy package --build wheel` wants it installed beside spaCy.
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(target)]
        subprocess.run([*command, str(source)], check=True)
    return target / f"zh_{NAME}-{version}-py3-none-any.whl"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Builds the wheel of the spaCy pipeline.")
    parser.add_argument("target", type=Path, help="folder for the wheel")
    print(build(parser.parse_args().target))
