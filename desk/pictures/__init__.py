"""The picture that leads a claim: chosen, uploaded or drawn, and described."""
