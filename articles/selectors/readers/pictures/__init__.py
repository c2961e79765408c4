"""Pictures as readers may ask for them."""
