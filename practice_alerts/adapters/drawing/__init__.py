"""The processes that draw the app's pages beside the one that answers: started, watched, and given connections."""
