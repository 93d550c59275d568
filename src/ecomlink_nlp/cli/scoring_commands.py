"""The commands that measure: scores against gold, gold out of corrections, speed."""

from pathlib import Path
from typing import Annotated

import typer

from ecomlink_nlp.cli.options import (
    Artefacts,
    DateMode,
    Frames,
    Lexicon,
    Metrics,
    Output,
    Quiet,
    Verbose,
    complete_layers,
)
from ecomlink_nlp.cli.output import Messages, open_output
from ecomlink_nlp.cli.running import finish, own_rules, reporting


def evaluate(
    gold: Annotated[
        list[Path] | None,
        typer.Option("--gold", help="Directories of gold files; default: seeds/gold of the checkout."),
    ] = None,
    texts: Annotated[Path | None, typer.Option("--texts", help="Directory of the gold files' texts.")] = None,
    predictions: Annotated[
        Path | None,
        typer.Option("--predictions", help="Score these records (a file or a directory) instead of ours."),
    ] = None,
    date: Annotated[
        DateMode, typer.Option("--date", help="Whether the pipeline is given the documents' dates.")
    ] = DateMode.inferred,
    layers: Annotated[
        str | None,
        typer.Option(
            "--layers", help="Only these layers, separated by commas.", autocompletion=complete_layers
        ),
    ] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List what is missed and what is extra.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of tables.")] = False,
    parallel: Annotated[
        bool, typer.Option("--parallel", help="Agreement of the translated and the original article instead.")
    ] = False,
    lexicon: Lexicon = None,
    artefacts: Artefacts = None,
    frames: Frames = None,
    metrics: Metrics = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Score records against gold.

    Precision, recall and F1 per layer, in total and per document.

    \b
    ecomlink evaluate
    ecomlink evaluate --gold benchmarks/dev --layers events,metrics --misses
    ecomlink evaluate --gold gold/ --lexicon my-parties.tsv --artefacts my-damage.tsv
    ecomlink evaluate --parallel
    """
    from ecomlink_nlp.cli.evaluating import Request, evaluate_request

    messages = Messages(quiet, verbose)
    own = own_rules(messages, lexicon, artefacts, frames, metrics)
    with reporting(messages):
        names = tuple(layers.split(",")) if layers else None
        request = Request(gold, texts, predictions, date.value, names, misses, as_json, own)
        evaluate_request(request, parallel, messages)
    finish(messages)


def gold(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A brat folder, or a JSON export of Label Studio.")
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="A folder for texts and gold files.")],
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Turn corrected annotations into gold files, which `evaluate` scores against.

    \b
    ecomlink extract docs/ --format brat -o for-correction/
    ecomlink gold for-correction/ -o gold/
    ecomlink evaluate --gold gold/
    """
    from ecomlink_nlp.cli.formats import gold_from

    messages = Messages(quiet, verbose)
    with reporting(messages):
        count = gold_from(source, output)
        messages.note(f"{count} gold file{'s' * (count != 1)} in {output}")
    finish(messages)


def benchmark(
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts", help="Folder of .txt files; default: seeds, dev and heldout of the checkout."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of tables.")] = False,
    output: Output = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Measure speed and memory on this machine.

    By stage, length, number and processes, beside a naive composition of five packages; takes some minutes.

    \b
    ecomlink benchmark
    ecomlink benchmark --json -o speed.json
    """
    from ecomlink_nlp.cli.benchmarking import benchmark_texts

    messages = Messages(quiet, verbose)
    with reporting(messages), open_output(output) as out:
        benchmark_texts(texts, as_json, messages, out)
    finish(messages)
