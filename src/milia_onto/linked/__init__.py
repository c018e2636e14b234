"""The release as linked data: which IRI answers which media type with what, without any socket."""
