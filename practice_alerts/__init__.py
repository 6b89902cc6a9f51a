"""Practice alerts for Independent Reviewing Officers: one procedure file makes everything else."""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("practice-alerts")
