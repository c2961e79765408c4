"""Readers who follow a claim, a topic, a claimant or all corrections by e-mail."""
