"""Photographs of the face: cleaned, sealed, tied to case and cycle, shown only under a consent that holds."""
