"""Steps of helping: ask people, mentors' turns, the watch on what waits."""
