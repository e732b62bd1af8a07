"""What the rule planner knows: words, phrasings and what to make of them, a module a subject."""
