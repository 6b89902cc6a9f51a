"""The log files, and Datasette over them."""
