"""Alembic's entry: migrates over the connection that ``open_records`` hands in."""

from alembic import context

from grading.records.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
