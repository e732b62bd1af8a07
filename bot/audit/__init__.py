"""The audit log: its chain of hashes, and where its end is noted outside the database."""
