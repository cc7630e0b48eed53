"""The committee's pages about units and people. The models are those of `anas.people`; the pages stand here, above
them, because every change goes to the audit trail."""
