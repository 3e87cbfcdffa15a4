"""What a person reads of an analysis: on the terminal, in a file, in a picture. No text is trusted."""
