"""The built-in previz: a physically based still of a resolved shot, with no model and no weights."""
