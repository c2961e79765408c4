"""Every write of the domain, one act a function; admin, API, commands and the demo all call these."""
