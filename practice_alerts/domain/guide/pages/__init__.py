"""The pages of the guide, a subject each."""
