"""The release into any store: where it answers, what is sent, what is proved, how it switches."""
