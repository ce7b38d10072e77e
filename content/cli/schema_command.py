"""The command `faqts schema`, which supports editing YAML files in an editor."""

import click

from content.authoring.editor_schemas import mark_files, write_schemas
from content.authoring.publish import Workspace
from content.cli.console import RootedCommand, count
from content.editors.schema_files import FOLDER
from content.sources.reader import read_sources


@click.command(cls=RootedCommand)
@click.option("--mark", is_flag=True, help="Add a line to each YAML file that names its schema.")
@click.pass_obj
def schema(workspace: Workspace, *, mark: bool) -> None:
    """Write JSON Schemas, so that editors complete and check files.

    VS Code and JetBrains editors support them. The schemas contain the current
    IDs. If you add documents by hand, run this command again. 'new' and
    'preview' also update the schemas.

    \b
    Examples:
      faqts schema
      faqts schema --mark    # once, if your files do not name their schemas
    """
    sources = read_sources(workspace.root, workspace.collections)
    number = write_schemas(workspace.root, sources)
    click.echo(f"{count(number, 'schema')} in {workspace.root / FOLDER}.")
    unmarked = mark_files(workspace.root, sources, only_list=not mark)
    if unmarked:
        done = (
            "Marked"
            if mark
            else (
                "These files do not name their schema. Run 'faqts schema --mark' to add the line:"
            )
        )
        click.echo(f"{done} {', '.join(str(workspace.root / name) for name in unmarked)}.")
