"""What the pages about the newsroom show: the front page, corrections, figures."""
