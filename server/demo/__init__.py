"""A lifelike demo organisation, the same every time. Pure data: nothing here knows the database."""
