"""The site: pages, and what their scripts read, out of a release."""
