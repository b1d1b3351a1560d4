"""Web Push: what is sealed for one browser, who we are to its push service, and which addresses are one."""
