"""Questions to the stored events, each within what its reader may see."""
