"""Documents of every kind that can be imported, written part by part for benches and tests."""
