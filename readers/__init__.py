"""The readers' door: public pages, search, feeds, sharing, the log's addresses."""
