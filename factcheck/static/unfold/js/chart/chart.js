// The desk draws no charts. The theme loads its library of charts on every page; this file stands in its place.
