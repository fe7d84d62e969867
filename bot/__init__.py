"""Mistok: the little bridge between Ukrainian hromadas and Polish gminas."""
