"""Documents of headings, paragraphs and tables, written as PDF and as .docx."""
