"""What every stage of a case shares."""
