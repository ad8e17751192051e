"""What tests share: the stage on which journeys are played, its people, and plans to play by."""
