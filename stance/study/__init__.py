"""What is asked of the scores of many articles."""
