"""The sample office, and years of it as large as wanted."""
