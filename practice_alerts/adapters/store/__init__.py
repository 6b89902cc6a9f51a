"""The identifiable store: the only place that knows SQLAlchemy and Alembic."""
