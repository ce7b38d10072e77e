"""What gunicorn finds in a clone: the configuration that `faqts serve` gives it."""

import runpy
from pathlib import Path

# Run, not imported, so that a reload reads it again.
globals().update(runpy.run_path(str(Path(__file__).parent / "api" / "cli" / "gunicorn_conf.py")))
