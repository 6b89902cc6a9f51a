"""The product or a part of it, put together for a test."""
