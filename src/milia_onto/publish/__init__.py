"""What is done with a ``Release``: values in, values out; the sources are out of sight."""
