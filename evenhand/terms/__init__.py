"""Terms: what a party demands of whoever uses its data, proffered first and answered once."""
