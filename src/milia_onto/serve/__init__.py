"""The server: sockets, the processes that answer queries, and the application around them."""
