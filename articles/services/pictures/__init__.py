"""Pictures: kept once, drawn here, and chosen for claims."""
