"""Pictures that readers may see, and the one that leads a claim."""
