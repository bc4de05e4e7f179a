"""What administrators do with the channels of their organisation."""
