"""What is said beside the answer page, or to it: answers that came another way, questions, who else it is for."""
