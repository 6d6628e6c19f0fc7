"""Optics, light and the colour of light: floats in, floats out. No vocabulary and no shot in here.

The lens: `optics` (gate and field of view), `perspective`, `depth`, `anamorphic`. The light: `direction`, `source`
(size and softness), `face`, `shadow`, `levels` (stops and ratios), `exposure`, `sun`. Its colour: `colour`, `locus`,
`gels`. The rest: `motion`, `air`. `optics` and `light` also give the names of the modules beside them. A number that
cannot be, such as a focal length of 0, raises ValueError with a sentence that says so.
"""
