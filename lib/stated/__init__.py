"""Figures and quotations that a text states, and the plain sums that connect them."""
