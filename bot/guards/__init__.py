"""What is looked for in text on its way to a model or a log, and how it is taken out."""
