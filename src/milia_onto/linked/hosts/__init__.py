"""Rules for web servers that answer as the table says, from files alone."""
