"""What is counted, once for all: each measure with its sentence, its period and its SQL."""
