"""gunicorn's settings for a peer: those of the service, without what only the service can say."""

import runpy
from pathlib import Path

_OURS = runpy.run_path(str(Path(__file__).parents[3] / "gunicorn.conf.py"))
globals().update({name: value for name, value in _OURS.items() if name != "post_worker_init"})
