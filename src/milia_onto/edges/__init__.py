"""The only modules that touch the world: files, the reasoner, the SHACL engine, processes."""
