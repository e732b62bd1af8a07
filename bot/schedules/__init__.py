"""What Bursar does by itself: when something comes, is due, made up for or missed."""
