"""Optics, light and the colour of light: floats in, floats out. No vocabulary and no shot in here."""
