"""The release as tables (Parquet) and as partitioned N-Triples, for engines without RDF."""
