"""gunicorn's settings for a peer: those of the service, without what only the service can say."""

import runpy
from pathlib import Path

globals().update(runpy.run_path(str(Path(__file__).parents[3] / "gunicorn.conf.py")))


def post_worker_init(worker):
    worker.handover.arrive()
