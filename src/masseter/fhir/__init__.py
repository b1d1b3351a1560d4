"""The record in the words of HL7 FHIR R4, one mapper a kind: for a bundle now and a server later."""
