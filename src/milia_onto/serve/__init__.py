"""Sockets: the site and the endpoint over HTTP."""
