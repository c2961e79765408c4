"""The proof about killed jobs; ``python -m bench.prove_jobs``."""
