"""What a person sees of a resolved shot: its departments in a line each, its lamps, its light plan. Knows no page."""
