"""What readers are told of the scale of verdicts."""
