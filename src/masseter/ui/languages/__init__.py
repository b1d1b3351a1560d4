"""The languages of the patient's side: catalogues of texts, how they are made, found and checked."""
