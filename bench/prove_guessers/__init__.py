"""The proof about password guessers; ``python -m bench.prove_guessers``."""
