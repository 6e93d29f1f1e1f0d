"""The nouns: frozen types that every stage shares."""
