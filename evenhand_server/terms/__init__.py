"""Terms: ceremonies, agreements and disclosures on a dealing."""
