"""A rehearsal: a server that takes another day for today, whose answers nobody may keep."""

import flask


def mark_rehearsal(response: flask.Response) -> flask.Response:
    """Forbid caches to keep *response*: what is so on a given day is not so yet, or no longer.

    The boundaries that end what may be kept are counted from the clock, not from that day; an
    answer that was kept would outlive the rehearsal.
    """
    response.headers["Cache-Control"] = "no-store"
    return response
