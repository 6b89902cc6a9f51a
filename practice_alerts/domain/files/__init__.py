"""Definition files on the way in: their schema, their faults, what refers to what, worked cases."""
