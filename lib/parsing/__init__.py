"""Values that people and programs send as text: whole numbers and days, read strictly."""
