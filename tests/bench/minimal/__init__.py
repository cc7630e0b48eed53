"""The measure: a minimal Django project as one writes it in an afternoon, with a login, a ballot and two inserts."""
