"""What can be said of an edition's content without database or Django."""
