"""What a second person does before approving: who opened what, ticks, second verdicts, words that comments quote."""
