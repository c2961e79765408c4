"""What the newsroom has decided about a claim that is not public yet."""
