"""Whether importing changes a word, on documents and pages made for it."""
