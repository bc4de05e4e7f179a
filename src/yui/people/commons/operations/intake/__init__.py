"""Take the exports of other platforms in, and write the own posts out."""
