"""How people look at lists: views they saved, columns they chose, and what a bulk change can be undone to."""
