"""What a procedure file says: stages, posts, clocks, ways in and ways out."""
