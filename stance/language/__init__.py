"""Reading the words of an article: sentences, words, quotations."""
