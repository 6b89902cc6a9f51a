"""Practice alerts for Independent Reviewing Officers: one procedure file makes everything else."""

from importlib.metadata import version
from pathlib import Path

__all__ = ["PACKAGE", "ROOT", "__version__"]

__version__ = version("practice-alerts")

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
"""Where `procedures/`, `form_templates/` and `data/` lie unless somebody says otherwise."""
