"""Pages about the newsroom."""
