"""Providers of models behind `bot.models.ModelBackend`, and a model that reads a script."""
