"""Fields and entities that an organisation makes for itself, at run time; see decision 030."""
