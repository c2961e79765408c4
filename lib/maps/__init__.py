"""Maps of a few typed places: coordinates, outlines that somebody gives, a projection, and where the names stand."""
