"""The page of editions: which this is, and what it changed, made from the files of both."""
