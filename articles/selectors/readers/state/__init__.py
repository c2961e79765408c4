"""What readers' pages follow from, and whether it changed."""
