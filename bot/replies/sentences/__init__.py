"""All sentences that people see, a module a subject, each in English and Spanish."""
