"""Backups of the database and the file of checkpoints: made, verified and restored."""
