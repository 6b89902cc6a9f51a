"""The page of one alert, and the forms of its acts."""
