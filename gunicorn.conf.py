"""The configuration of gunicorn in a clone, the same as with `faqts serve`."""

import runpy
from pathlib import Path

# Run it instead of importing it, so that a reload reads it again.
globals().update(runpy.run_path(str(Path(__file__).parent / "api" / "cli" / "gunicorn_conf.py")))
