"""The engine: matching against many interests in memory, exactly as the definition says."""
