"""ClaimReview documents as other checkers publish them, read without believing them.

``files`` finds the reviews in bytes or in a document, ``repair`` mends JSON, ``rows`` reads one review. Nothing here
knows a database: each review becomes a row, or a refusal that says why.
"""
