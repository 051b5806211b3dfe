"""What is asked of the database that takes more than one table."""

FACT = """
SELECT digest, data FROM fact LEFT JOIN value ON fact = id
WHERE kind = ? AND name = ?
"""

# A cross join tells SQLite to begin with the few facts that have changed.
TOUCHED = """
SELECT name FROM changed CROSS JOIN read USING (fact)
CROSS JOIN trace ON trace = trace.id WHERE step = ?
"""

BUNDLES = "SELECT bundle FROM changed JOIN shared USING (fact)"

TOUCHED_SHARED = f"SELECT name FROM trace WHERE step = ? AND bundle IN ({BUNDLES})"

READS = """
SELECT kind, fact.name FROM trace JOIN read ON trace = trace.id
JOIN fact ON fact = fact.id WHERE step = :step AND trace.name = :name
UNION
SELECT kind, fact.name FROM trace JOIN shared USING (bundle)
JOIN fact ON fact = fact.id WHERE step = :step AND trace.name = :name
"""
