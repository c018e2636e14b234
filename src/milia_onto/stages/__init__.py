"""From ``Sources`` to ``Release``: pure functions, one an arrow of the data flow."""
