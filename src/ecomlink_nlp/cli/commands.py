"""The commands: options and help here, the work in the modules beside and the library below."""

import json
from typing import Annotated

import typer

from ecomlink_nlp.cli.options import (
    Artefacts,
    Date,
    Emit,
    Encoding,
    Format,
    Frames,
    Inputs,
    Lexicon,
    LexiconAction,
    Metrics,
    Output,
    Quiet,
    Verbose,
    complete_kinds,
    show_version,
    usual_format,
)
from ecomlink_nlp.cli.output import Messages, open_output
from ecomlink_nlp.cli.running import finish, own_rules, reporting
from ecomlink_nlp.cli.scoring_commands import benchmark, evaluate, gold

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Trustworthy, traceable claims out of damaged Chinese e-commerce text.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the versions.")
    ] = False,
) -> None:
    """Trustworthy, traceable claims out of damaged Chinese e-commerce text."""


def extract(
    files: Inputs,
    emit: Annotated[Emit, typer.Option("--emit", help="Claims, or whole document records.")] = Emit.claims,
    output_format: Annotated[
        Format | None,
        typer.Option("--format", help="Default: by the suffix of -o, else table on a terminal, else jsonl."),
    ] = None,
    date: Date = None,
    output: Output = None,
    encoding: Encoding = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that work side by side.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that was killed; needs -o and jsonl.")
    ] = False,
    text_column: Annotated[
        str, typer.Option("--text-column", help="Column of the texts in JSONL, CSV, TSV and Parquet files.")
    ] = "text",
    id_column: Annotated[
        str | None, typer.Option("--id-column", help="Column of the ids. Default: id, where there is one.")
    ] = None,
    date_column: Annotated[
        str | None,
        typer.Option("--date-column", help="Column of the dates. Default: date, where there is one."),
    ] = None,
    lexicon: Lexicon = None,
    artefacts: Artefacts = None,
    frames: Frames = None,
    metrics: Metrics = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Extract claims from texts.

    Who did what to whom, when, how much, who says so, and where it stands.

    \b
    ecomlink extract article.txt
    ecomlink extract docs/ -o claims.jsonl
    ecomlink extract docs/ -o claims.jsonl --jobs 2 --resume
    ecomlink extract a.txt -o a.html
    ecomlink extract pages.jsonl.gz --text-column body --id-column url -o claims.jsonl
    ecomlink extract a.txt --lexicon my-parties.tsv --frames my-events.toml
    ecomlink extract docs/ --format brat -o for-correction/
    ecomlink extract a.txt --emit document --format json --date 2022-02
    cat a.txt | ecomlink extract - --format csv
    """
    from ecomlink_nlp.cli.extracting import extract_inputs, writer_of
    from ecomlink_nlp.sources import Columns

    messages = Messages(quiet, verbose)
    columns = Columns(text_column, id_column, date_column)
    own = own_rules(messages, lexicon, artefacts, frames, metrics)
    output_format = output_format or usual_format(output, emit)
    if output_format is Format.brat:
        from ecomlink_nlp.cli.formats import write_brat_folder

        if output is None:
            raise typer.BadParameter("brat needs a folder: -o FOLDER")
        with reporting(messages):
            records = extract_inputs(files, date, encoding, messages, True, jobs, own=own, columns=columns)
            write_brat_folder(records, output)
        finish(messages)
        return
    writer = writer_of(emit.value, output_format.value)
    if writer is None:
        raise typer.BadParameter(f"documents cannot be written as {output_format}; take json or jsonl")
    if resume:
        from ecomlink_nlp.cli.extracting import extract_keys
        from ecomlink_nlp.cli.resuming import ResumableOutput

        if output is None or output_format is not Format.jsonl:
            raise typer.BadParameter("--resume needs an output file (-o) in the format jsonl")
        with reporting(messages):
            options = {"emit": emit.value, "date": date, "encoding": encoding, "own rules": repr(own)}
            options |= {"text-column": text_column, "id-column": id_column, "date-column": date_column}
            target = ResumableOutput(output, options)
            done = target.done
            target.write(
                writer, extract_keys(files, date, encoding, messages, True, jobs, done, own, columns)
            )
        finish(messages)
        return
    with reporting(messages), open_output(output) as out:
        shown = output is not None
        writer(extract_inputs(files, date, encoding, messages, shown, jobs, own=own, columns=columns), out)
    finish(messages)


def repair(
    files: Inputs,
    diff: Annotated[bool, typer.Option("--diff", help="Show [-damage-]{+repair+} in the text.")] = False,
    edits: Annotated[
        bool, typer.Option("--edits", help="One JSON line a repair: what, where, which rule.")
    ] = False,
    output: Output = None,
    encoding: Encoding = None,
    artefacts: Artefacts = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the repaired text, or what was changed.

    \b
    ecomlink repair article.txt > repaired.txt
    ecomlink repair article.txt --diff
    ecomlink repair article.txt --edits
    """
    if diff and edits:
        raise typer.BadParameter("--diff and --edits exclude each other")
    from ecomlink_nlp.cli.repairing import Form, repair_inputs

    messages = Messages(quiet, verbose)
    own = own_rules(messages, artefacts=artefacts)
    form: Form = "diff" if diff else "edits" if edits else "text"
    with reporting(messages), open_output(output) as out:
        repair_inputs(files, form, encoding, messages, out, own)
    finish(messages)


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for stdin.")],
    claim: Annotated[
        str | None, typer.Option("--claim", help="The claim's id or its first characters; default: all.")
    ] = None,
    date: Date = None,
    encoding: Encoding = None,
    lexicon: Lexicon = None,
    artefacts: Artefacts = None,
    frames: Frames = None,
    metrics: Metrics = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Explain how a claim came about.

    Its evidence with the arguments marked, the rule, how each slot was filled, and the repairs it rests on.

    \b
    ecomlink explain article.txt --claim 93249d69
    """
    from ecomlink_nlp.cli.explaining import explain_input

    messages = Messages(quiet, verbose)
    own = own_rules(messages, lexicon, artefacts, frames, metrics)
    with reporting(messages):
        explain_input(file, claim, date, encoding, messages, own)
    finish(messages)


def schema(
    emit: Annotated[Emit, typer.Option("--emit", help="Of claims, or of document records.")] = Emit.document,
) -> None:
    """Print the JSON Schema of the records.

    \b
    ecomlink schema > record.schema.json
    ecomlink schema --emit claims
    """
    from ecomlink_nlp.record.models import claim_schema, record_schema

    data = record_schema() if emit is Emit.document else claim_schema()
    print(json.dumps(data, ensure_ascii=False, indent=2))


def lexicon(
    action: Annotated[LexiconAction, typer.Argument(help="list, search or check.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KIND|WORD", help="What to list, or to search for.", autocompletion=complete_kinds
        ),
    ] = None,
    lexicon: Lexicon = None,
    artefacts: Artefacts = None,
    frames: Frames = None,
    metrics: Metrics = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List and search what the program knows, and check files of your own.

    Kinds: parties, artefacts, frames, metrics. Your own rows are listed and searched too when their files are given.

    \b
    ecomlink lexicon list
    ecomlink lexicon list metrics
    ecomlink lexicon search 快手
    ecomlink lexicon check --lexicon my-parties.tsv --frames my-events.toml
    """
    from ecomlink_nlp.cli.lexicon import check, list_rows, search

    messages = Messages(quiet, verbose)
    own = own_rules(messages, lexicon, artefacts, frames, metrics)
    with reporting(messages):
        if action is LexiconAction.check:
            check(own, messages)
        elif action is LexiconAction.search:
            search(words or [], own, messages)
        else:
            list_rows(words or [], own)
    finish(messages)


for command in (extract, repair, explain, lexicon, evaluate, gold, benchmark, schema):
    app.command()(command)
