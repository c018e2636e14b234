"""Links the terms of another vocabulary to terms of a release: pure, no files, no engines."""
