"""The editors' commands: init, check, diff, publish, revert, log, verify, show, new, reviewed."""

import json
import shlex
import time
from datetime import UTC, date, datetime
from pathlib import Path

import click

from content.answers.answer import ReadContext
from content.authoring.editing import add_document, mark_reviewed
from content.authoring.editor_schemas import write_schemas
from content.authoring.guards import Overrides
from content.authoring.lost_releases import refuse_lost_releases
from content.authoring.new_folder import create_folder
from content.authoring.publish import Workspace, draft_release, publish
from content.authoring.revert import revert
from content.authoring.selection import parse_key
from content.changes.net_changes import compare_releases
from content.cli.arguments import get_catalogue, get_published
from content.cli.check_command import check
from content.cli.console import Commands, NoColorOption, count
from content.cli.diff_output import describe_changes
from content.cli.review_output import describe_reviews
from content.cli.schema_command import schema
from content.documents import Body
from content.errors import NothingToPublishError, TooSoonError, UsageError
from content.folder import find_content
from content.ledger.catalogue import preview_archive
from content.ledger.reader import name_file
from content.sources.reader import read_sources
from schemas.collections import COLLECTIONS


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    envvar="FAQTS_CONTENT",
    show_envvar=True,
    help="The content folder. Default: the current folder if it has site.yaml, else ./content.",
)
@click.option(
    "--no-color",
    is_flag=True,
    cls=NoColorOption,
    envvar="NO_COLOR",
    show_envvar=True,
    help="Print without colors.",
)
@click.version_option(package_name="faqts", message="%(version)s")
@click.pass_context
def main(context: click.Context, root: Path | None, *, no_color: bool) -> None:
    """Check, compare and publish admin guidance.

    \b
    To publish a change:
      faqts check                      find mistakes in your files
      faqts diff                       see what would change
      faqts publish -m "New ranges"    publish a release
    """
    if no_color:
        context.color = False
    context.obj = Workspace(find_content() if root is None else root, COLLECTIONS)


main.add_command(check)
main.add_command(schema)


# This command does not use RootedCommand, because there is no content yet.
@main.command(cls=click.Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", default="Admin guidance", show_default=True, help="Name of the site.")
@click.option("--organization", help="The organization that publishes the site.")
def init(folder: Path, *, name: str, organization: str | None) -> None:
    """Create a content folder with sample content.

    \b
    Example:
      faqts init guidance --name "Example help" --organization "Example Ltd"
    """
    release = create_folder(
        Workspace(folder, COLLECTIONS), _now(), name=name, organization=organization
    )
    documents = count(len(release.changes), "document")
    click.echo(
        f"Created {folder} with release {release.id}, {documents}. See {folder / 'README.md'}."
    )
    click.echo(
        f"Next:\n  cd {shlex.quote(str(folder))}\n  faqts serve      # your site on "
        "http://127.0.0.1:8000\n  faqts preview    # your unpublished changes\n  git "
        "init -b main && git add -A && git commit -m 'First release'"
    )


@main.command()
@click.option("--since", metavar="RELEASE", help="Compare with this release instead of the latest.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the changes as JSON, as in /v1/changes."
)
@click.pass_obj
def diff(workspace: Workspace, *, since: str | None, as_json: bool) -> None:
    """Show what publishing would change, firewall changes first.

    \b
    Examples:
      faqts diff
      faqts diff --since 2026-11-23.01 --json
    """
    changes = _compare(workspace, since)
    if as_json:
        click.echo(json.dumps(changes, indent=2, ensure_ascii=False))
        return
    for line in describe_changes(changes):
        click.echo(line)
    nothing = "Nothing to publish." if since is None else f"No changes since {since}."
    click.echo(f"{count(len(changes), 'change')}." if changes else nothing)


@main.command(name="publish")
@click.option("-m", "--message", "summary", required=True, help="What changed, for readers.")
@click.option("--if-changed", is_flag=True, help="Succeed if there is nothing to publish.")
@click.option("--allow-empty", is_flag=True, help="Allow an IP range list to become empty.")
@click.option(
    "--allow-shrink",
    is_flag=True,
    help="Allow an IP range list to lose more than half of its addresses.",
)
@click.option(
    "--allow-samples", is_flag=True, help="Allow samples to be published, marked as samples."
)
@click.option(
    "--allow-new-ledger", is_flag=True, help="Allow a new ledger to replace an existing one."
)
@click.pass_obj
def publish_command(
    workspace: Workspace,
    *,
    summary: str,
    if_changed: bool,
    allow_empty: bool,
    allow_shrink: bool,
    allow_samples: bool,
    allow_new_ledger: bool,
) -> None:
    """Check the files and publish them as a new release.

    \b
    Examples:
      faqts publish -m "Two ranges for the United Kingdom"
      faqts publish -m "The German ranges end" --allow-shrink
    """
    overrides = Overrides(
        empty=allow_empty, shrink=allow_shrink, samples=allow_samples, new_ledger=allow_new_ledger
    )
    try:
        try:
            release = publish(workspace, summary, _now(), overrides)
        except TooSoonError:
            # Release times have whole seconds.
            time.sleep(1)
            release = publish(workspace, summary, _now(), overrides)
    except NothingToPublishError as error:
        if not if_changed:
            raise
        click.echo(str(error))
        return
    path = workspace.ledger.folder / name_file(release.number)
    click.echo(f"Published {release.id}: {count(len(release.changes), 'document')}, in {path}.")
    for line in describe_reviews(read_sources(workspace.root, COLLECTIONS), _today().isoformat()):
        click.echo(line)


@main.command(name="revert")
@click.argument("release_id", metavar="RELEASE")
@click.option("--with-later", is_flag=True, help="Also revert all later releases.")
@click.pass_obj
def revert_command(workspace: Workspace, release_id: str, *, with_later: bool) -> None:
    """Restore the files from before a release, to publish them again.

    The release itself does not change. The files come from the commit of the
    previous release. Documents that only the reverted release had are withdrawn.

    \b
    Examples:
      faqts revert 2026-11-23.06
      faqts revert 2026-11-23.05 --with-later
    """
    archive = workspace.read_archive()
    number = get_catalogue(archive, release_id).number
    if archive is None or number == 1:
        raise UsageError(
            f"{release_id} is the first release, so there is no earlier state to restore."
        )
    done = revert(workspace, archive.get_numbered(number - 1), _now(), with_later=with_later)
    before = archive.get_numbered(number - 1).release.id
    click.echo(f"Restored the files of {before} from commit {done.commit[:12]}.")
    if done.withdrawn:
        path = workspace.root / "withdrawn.yaml"
        click.echo(f"Withdrew {count(done.withdrawn, 'document')} in {path}.")
    ids = ", ".join(release.id for release in done.releases)
    click.echo("Compare: faqts diff")
    click.echo(f'Publish: faqts publish -m "Revert {ids}"')


@main.command()
@click.pass_obj
def log(workspace: Workspace) -> None:
    """List all releases, newest first.

    \b
    Example:
      faqts log
    """
    state = workspace.read_ledger()
    for release in reversed(state.releases):
        number = count(len(release.changes), "document")
        click.echo(f"{release.id}  {release.published_at}  {number:>14}  {release.summary}")
    if state.fault is not None:
        raise state.fault
    if not state.releases:
        click.echo("There is no release yet.")


@main.command()
@click.pass_obj
def verify(workspace: Workspace) -> None:
    """Verify all releases: numbers, order, chain, digests, format and times.

    In a git repository, also check that the newest releases of this branch are
    not missing.

    \b
    Example:
      faqts verify
    """
    archive = workspace.read_archive(_now())
    refuse_lost_releases(workspace.root, archive.latest.release if archive else None)
    if archive is None:
        click.echo("There is no release yet.")
        return
    release = archive.latest.release
    verified = f"{count(release.number, 'release')} verified"
    click.echo(f"{verified}. The latest is {release.id}, {release.digest}.")


@main.command()
@click.argument("name", metavar="COLLECTION/ID")
@click.option(
    "--release",
    metavar="RELEASE",
    help="Show the document in this release instead of the latest.",
)
@click.pass_obj
def show(workspace: Workspace, name: str, *, release: str | None) -> None:
    """Show a published document as JSON, as the API returns it.

    \b
    Examples:
      faqts show clouds/gcc-high
      faqts show faqs/fixed-ip-addresses --release 2026-11-23.02
    """
    archive = workspace.read_archive()
    if archive is None:
        raise UsageError("There is no release yet. Run 'faqts publish'.")
    read_context = ReadContext(archive.latest, _today().isoformat())
    if release is not None:
        catalogue = get_catalogue(archive, release)
        read_context = ReadContext(catalogue, catalogue.release.published_on)
    key = parse_key(read_context.catalogue.known_collections, name)
    answer = get_published(read_context, key)
    click.echo(json.dumps(answer.body, indent=2, ensure_ascii=False))


@main.command()
@click.argument("collection")
@click.argument("document_id", metavar="ID")
@click.pass_obj
def new(workspace: Workspace, collection: str, document_id: str) -> None:
    """Add a new document, with comments that explain every field.

    \b
    Examples:
      faqts new faq calendar-invitations
      faqts new ip-ranges uk-from-v4-5
      faqts new kind smtp-hosts    # a collection of your own
    """
    path = add_document(workspace.root, workspace.collections, collection, document_id, _today())
    write_schemas(workspace.root, read_sources(workspace.root, workspace.collections))
    click.echo(f"Added {document_id} to {path}. Fill it in, then run 'faqts check'.")


@main.command()
@click.argument("name", metavar="NAME")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date of the next review. Default: the same interval as last time.",
)
@click.pass_obj
def reviewed(workspace: Workspace, name: str, *, until: datetime | None) -> None:
    """Record that documents were checked against their sources today.

    NAME is an answer, a document, a collection, a topic (all its answers) or a pattern.

    \b
    Examples:
      faqts reviewed gcc-high                    # an answer
      faqts reviewed deadlines/ews-shutdown --until 2027-04-01
      faqts reviewed deadlines                   # a collection
      faqts reviewed migration                   # the answers of a topic
      faqts reviewed 'faqs/ews-*'                # a pattern
    """
    due = until.date() if until else None
    reviews = mark_reviewed(workspace.root, workspace.collections, name, _today(), due)
    for review in reviews:
        click.echo(
            f"{review.key} is reviewed. The next review is due by {review.due}. "
            f"Changed {review.path}."
        )
    if len(reviews) > 1:
        click.echo(f"{count(len(reviews), 'document')} reviewed.")


def _compare(workspace: Workspace, since: str | None) -> list[Body]:
    """Return the changes in the files, compared with the release *since* or the latest one."""
    archive, release = draft_release(workspace, _now())
    if since is not None:
        number = get_catalogue(archive, since).number
    else:
        number = archive.latest.number if archive else 0
    after = preview_archive(archive, release) if release else archive
    if after is None:
        raise UsageError("There are no releases and no documents yet. Run 'faqts new faq ID'.")
    return compare_releases(after.latest, number)


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().date()
