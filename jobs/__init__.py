"""Background jobs: the table of them, the worker that runs them, and what is known about each run."""
