"""What every program needs: database, time, proof, steps, jobs, files, secrets. Not one word of our trade."""
