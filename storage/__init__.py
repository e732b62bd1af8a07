"""The databases behind the ports: engine, tables, migrations and one repository a subject."""
