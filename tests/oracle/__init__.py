"""A slow day-by-day oracle of the duties, written apart from the engine, which the engine is tested against."""
