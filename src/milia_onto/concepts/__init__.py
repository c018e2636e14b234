"""The own classes of the full graph as plain records, for formats that are tables or trees."""
