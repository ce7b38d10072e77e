"""Write JSON Schemas, so that editors complete and check source files."""

from pathlib import Path

from content.authoring.editing import read_source, replace_sources, replace_text
from content.editors.schema_files import FOLDER, build_line, build_schemas, list_unmarked
from content.sources.drafts import WITHDRAWN, Sources, name_file


def write_schemas(root: Path, sources: Sources) -> int:
    """Write the schemas for the files of *sources*. Return their number."""
    schemas = build_schemas(sources)
    replace_sources(root, (), {name: text.encode() for name, text in schemas.items()})
    return len(schemas)


def refresh_schemas(root: Path, sources: Sources) -> None:
    """Update the schemas with the IDs in *sources*, if there are any schemas."""
    if (root / FOLDER).is_dir():
        write_schemas(root, sources)


def mark_files(root: Path, sources: Sources, *, only_list: bool) -> list[str]:
    """Add the line with its schema to each YAML file. Return the files that did not have it.

    Args:
        only_list: Change nothing.
    """
    names = {name_file(*key) for key in sources.attempted} | {WITHDRAWN}
    paths = [name for name in sorted(names) if name.endswith(".yaml") and (root / name).is_file()]
    unmarked = list_unmarked({name: read_source(root / name) for name in paths})
    for name in () if only_list else unmarked:
        text = read_source(root / name)
        end = "\r\n" if "\r\n" in text else "\n"
        replace_text(root / name, f"{build_line(name)}{end}{text}")
    return unmarked
