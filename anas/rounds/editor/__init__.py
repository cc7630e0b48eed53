"""The committee's pages about schemes: what there is, in words; a copy of the office's own; changed in one form."""
