"""What a logic model is made of and what is missing in it: plain values, no Django."""
