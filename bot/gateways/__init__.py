"""The domain's ports as the messenger and outside libraries fulfil them; no rules live here."""
