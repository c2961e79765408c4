"""How readers' pages load on a phone: ``make bench-loading``."""
