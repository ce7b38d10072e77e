"""`faqts schema`: what editors complete and check files with."""

import click

from content.authoring.editor_schemas import mark_files, write_schemas
from content.authoring.publish import Workspace
from content.cli.console import RootedCommand, count
from content.editors.schema_files import FOLDER
from content.sources.reader import read_sources


@click.command(cls=RootedCommand)
@click.option("--mark", is_flag=True, help="Add the line that names its schema to each YAML file.")
@click.pass_obj
def schema(workspace: Workspace, *, mark: bool) -> None:
    """Write JSON Schemas, with which VS Code and JetBrains complete and check your files.

    They know the ids of today: run it again when you have added documents by hand. 'new' and
    'preview' do it for you.

    \b
    Examples:
      faqts schema
      faqts schema --mark    # once, in a folder that has no such lines yet
    """
    sources = read_sources(workspace.root, workspace.collections)
    number = write_schemas(workspace.root, sources)
    click.echo(f"{count(number, 'schema')} in {workspace.root / FOLDER}.")
    unmarked = mark_files(workspace.root, sources, only_list=not mark)
    if unmarked:
        done = "Marked" if mark else "These do not name their schema; add the line with --mark:"
        click.echo(f"{done} {', '.join(str(workspace.root / name) for name in unmarked)}.")
