"""The modules that touch the world: files, the reasoner, the SHACL engine, requests, processes.

The sockets and the worker processes of the server alone are in ``serve``.
"""
