"""The built-in previz: a physically based still of a resolved shot, and passes to steer a model with; no weights."""
