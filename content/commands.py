"""The editor's commands: check, diff, publish, log, verify, show, new, reviewed."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from content.answers import Answer, Reading
from content.catalogue import Archive
from content.changes import compare_releases
from content.check import list_overdue
from content.differences import describe_changes
from content.documents import Key
from content.editing import add_document, mark_reviewed
from content.errors import ContentError, SourcesError, UsageError
from content.facts import get_fact
from content.faqs import get_faq
from content.guards import Allowances
from content.publish import Workplace, draft_release, preview_archive, publish
from content.ranges import get_ip_range
from content.sources import FAQS
from schemas.collections import COLLECTIONS

_FAULTS, _USAGE = 1, 2


class Commands(click.Group):
    """A group whose commands end in a message, not a traceback, for what a user can cause."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit with 1 for faults, with 2 for a wrong call."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            _stop(str(error), _USAGE)
        except SourcesError as error:
            count = len(error.faults)
            _stop(f"{error}\n{count} fault{'s' if count > 1 else ''} found.", _FAULTS)
        except ContentError as error:
            _stop(str(error), _FAULTS)
        except BrokenPipeError:
            raise
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            _stop(f"{place}{error.strerror or error}.", _FAULTS)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The folder that holds content/; without it, the current one.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Check, compare and publish the content of faqts.

    \b
    A round trip:
      faqts check                      are the files right?
      faqts diff                       what would change?
      faqts publish -m "New ranges"    make a release
    """
    if not (root / "content" / FAQS).is_dir():
        raise UsageError(
            f"{root.resolve()} holds no content/faqs; go to the project's root or give --root."
        )
    context.obj = Workplace(root, COLLECTIONS)


@main.command()
@click.option("--strict", is_flag=True, help="Take an overdue review for a fault.")
@click.pass_obj
def check(place: Workplace, *, strict: bool) -> None:
    """Check every source file and say every fault, file:line:column.

    \b
    Examples:
      faqts check
      faqts check --strict    # also fail where a review is overdue
    """
    sources = place.read_sources(place.read_archive())
    overdue = list_overdue(sources, _today().isoformat())
    if overdue and strict:
        raise SourcesError(overdue)
    for fault in overdue:
        click.secho(f"warning: {fault}", fg="yellow", err=True)
    click.echo(f"{len(sources.drafts)} documents, no fault.")


@main.command()
@click.option("--since", metavar="RELEASE", help="Compare with this release, not the latest.")
@click.option("--json", "as_json", is_flag=True, help="The changes as JSON, as /v1/changes has.")
@click.pass_obj
def diff(place: Workplace, *, since: str | None, as_json: bool) -> None:
    """Show what publishing the files would change, firewalls first.

    \b
    Examples:
      faqts diff
      faqts diff --since 2026-11-23.01 --json
    """
    archive, release = draft_release(place, _now())
    after = preview_archive(archive, release, place.collections) if release else archive
    if after is None:
        raise UsageError("there is neither a release nor a document; run 'faqts new faq ID'.")
    number = archive.get_catalogue(since).number if archive and since else after.latest.number - 1
    if release is None and not since:
        number = after.latest.number
    changes = compare_releases(after.latest, number)
    if as_json:
        click.echo(json.dumps(changes, indent=2, ensure_ascii=False))
        return
    for line in describe_changes(changes):
        click.echo(line)
    click.echo(f"{len(changes)} changes." if changes else "Nothing to publish.")


@main.command(name="publish")
@click.option("-m", "--message", "summary", required=True, help="What changed, for people.")
@click.option("--allow-empty", is_flag=True, help="A list of addresses may become empty.")
@click.option("--allow-shrink", is_flag=True, help="A list may lose more than half of it.")
@click.option("--allow-samples", is_flag=True, help="Samples may be published, marked as such.")
@click.pass_obj
def publish_command(
    place: Workplace, *, summary: str, allow_empty: bool, allow_shrink: bool, allow_samples: bool
) -> None:
    """Check the files and make a release of them.

    \b
    Examples:
      faqts publish -m "Two ranges for the United Kingdom"
      faqts publish -m "The German ranges end" --allow-shrink
    """
    allowances = Allowances(empty=allow_empty, shrink=allow_shrink, samples=allow_samples)
    release = publish(place, summary, _now(), allowances)
    path = f"content/releases/{release.number:05d}.json"
    click.echo(f"Published {release.id}: {len(release.changes)} documents, in {path}.")


@main.command()
@click.pass_obj
def log(place: Workplace) -> None:
    """List the releases, the newest first.

    \b
    Example:
      faqts log
    """
    for release in reversed(place.ledger.read().releases):
        click.echo(
            f"{release.id}  {release.published_at}  {len(release.changes):>4} documents  "
            f"{release.summary}"
        )


@main.command()
@click.pass_obj
def verify(place: Workplace) -> None:
    """Verify every release: numbers, order, chain, digests and shapes.

    \b
    Example:
      faqts verify
    """
    archive = place.read_archive()
    if archive is None:
        click.echo("There is no release yet.")
        return
    release = archive.latest.release
    click.echo(f"{release.number} releases verify; the latest is {release.id}, {release.digest}.")


@main.command()
@click.argument("name", metavar="COLLECTION/ID")
@click.option("--release", metavar="RELEASE", help="As of this release, not the latest.")
@click.pass_obj
def show(place: Workplace, name: str, *, release: str | None) -> None:
    """Show a published document as the API has it.

    \b
    Examples:
      faqts show clouds/gcc-high
      faqts show faqs/fixed-ip-addresses --release 2026-11-23.02
    """
    archive = place.read_archive()
    if archive is None:
        raise UsageError("there is no release yet; run 'faqts publish'.")
    catalogue = archive.get_catalogue(release) if release else archive.latest
    answer = _read(Reading(catalogue, _today().isoformat()), _parse_key(place, archive, name))
    click.echo(json.dumps(answer.body, indent=2, ensure_ascii=False))


@main.command()
@click.argument("collection")
@click.argument("document_id", metavar="ID")
@click.pass_obj
def new(place: Workplace, collection: str, document_id: str) -> None:
    """Add a document to be filled in, every field explained.

    \b
    Examples:
      faqts new faq calendar-invitations
      faqts new ip-ranges uk-from-v4-5
    """
    path = add_document(place.root, place.collections, collection, document_id, _today())
    click.echo(f"Wrote {document_id} to {path}; fill it in, then run 'faqts check'.")


@main.command()
@click.argument("name", metavar="ID")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the next review; without it, as far away as the last one was.",
)
@click.pass_obj
def reviewed(place: Workplace, name: str, *, until: datetime | None) -> None:
    """Note that a document was checked today against its sources.

    \b
    Examples:
      faqts reviewed gcc-high                    # an answer
      faqts reviewed deadlines/ews-shutdown --until 2027-04-01
    """
    key = _parse_key(place, None, name)
    due = until.date() if until else None
    path, due = mark_reviewed(place.root, place.collections, key, _today(), due)
    click.echo(f"{key} is reviewed; the next review is due by {due}. Changed {path}.")


def _parse_key(place: Workplace, archive: Archive | None, name: str) -> Key:
    """Return the document called *name*: `collection/id`, or the id of an answer alone."""
    collection, slash, document_id = name.rpartition("/")
    if not slash:
        collection = FAQS
    if collection not in place.collections:
        known = ", ".join(place.collections.names)
        raise UsageError(f"there is no collection {collection!r}; there are {known}.")
    if archive is not None and document_id not in archive.list_known_ids(collection):
        listed = ", ".join(archive.list_known_ids(collection))
        raise UsageError(f"{collection} never had a document {document_id!r}; it has {listed}.")
    return Key(collection, document_id)


def _read(reading: Reading, key: Key) -> Answer:
    if key.collection == FAQS:
        return get_faq(reading, key.id)
    if key.collection == "ip-ranges":
        return get_ip_range(reading, key.id)
    return get_fact(reading, key.collection, key.id)


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().date()


def _stop(message: str, status: int) -> NoReturn:
    click.secho(message, fg="red", err=True)
    raise SystemExit(status)
