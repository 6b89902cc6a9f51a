"""Who stands in for whom, who is on duty, and which alerts either bars somebody from."""
