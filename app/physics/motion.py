"""What moves: pans, dollies, zooms, and the blur, flicker and slow motion that a shutter makes of it."""

from math import isclose, radians, tan

from app.physics.exposure import exposure_time_s
from app.physics.limits import between, positive
from app.physics.perspective import background_scale, camera_distance_m

PAN_SECONDS = 7
"""A thing has to take this long to cross the frame at 24 fps and 180 degrees, or it judders (RED, panning speed)."""

WHIP_FROM_DEG_PER_S = 300

BEAT_HZ = 0.05
PULSE_SHARE = 0.01
"""How near a frame rate and an exposure must come to the lamps' pulses; slower and smaller than this is not seen."""


def pan_limit_deg_per_s(hfov_deg: float) -> float:
    """Return the fastest pan over a standing scene that does not judder at 24 fps, 180 degrees: the field over 7 s."""
    between("A field of view", hfov_deg, 0, 360, "°")
    return hfov_deg / PAN_SECONDS


def angle_share(angle_deg: float, hfov_deg: float) -> float:
    """Return how much of the frame's width a small angle (a shake, a blur) spans in the middle of frame.

    a / (2 tan(hfov / 2)), with a in radians: the same shake is four times as large at four times the focal length.
    """
    if not 0 < hfov_deg < 180:
        raise ValueError(f"A field of view lies between 0° and 180°, not at {hfov_deg:g}°.")
    return radians(angle_deg) / (2 * tan(radians(hfov_deg) / 2))


def pan_blur_deg(pan_deg_per_s: float, shutter_deg: float = 180, fps: float = 24) -> float:
    """Return the angle that a pan smears over in one exposure: speed times exposure time."""
    return pan_deg_per_s * exposure_time_s(shutter_deg, fps)


def pan_blur_share(pan_deg_per_s: float, hfov_deg: float, shutter_deg: float = 180, fps: float = 24) -> float:
    """Return the smear of a pan as a share of the frame's width, in the middle of frame."""
    return angle_share(pan_blur_deg(pan_deg_per_s, shutter_deg, fps), hfov_deg)


def streak_m(speed_m_s: float, shutter_deg: float = 180, fps: float = 24) -> float:
    """Return how far a thing travels in one exposure: a walker 2.9 cm, rain 8 to 19 cm at 24 fps and 180 degrees."""
    return speed_m_s * exposure_time_s(shutter_deg, fps)


def motion_blur_share(speed_m_s: float, frame_width_m: float, shutter_deg: float = 180, fps: float = 24) -> float:
    """Return the smear of a thing that crosses the frame, as a share of the frame's width at its distance.

    speed t / W, where W = D w / f (`perspective.frame_height_m` gives it of the gate's width as well).
    """
    positive("The width of the frame", frame_width_m, " m")
    return streak_m(speed_m_s, shutter_deg, fps) / frame_width_m


def crossing_s(speed_m_s: float, frame_width_m: float) -> float:
    """Return how long a thing takes to cross the frame at its distance."""
    positive("The speed", speed_m_s, " m/s")
    return frame_width_m / speed_m_s


def dolly_zoom_focal_mm(start_focal_mm: float, start_m: float, now_m: float) -> float:
    """Return the focal length that keeps the subject's size at a new distance: f0 D / D0."""
    positive("The focal length", start_focal_mm, " mm")
    positive("The distance", start_m, " m")
    positive("The distance", now_m, " m")
    return start_focal_mm * now_m / start_m


def dolly_zoom_background(start_m: float, now_m: float, behind_m: float) -> float:
    """Return how much what stands `behind_m` behind the subject grows (over 1) or shrinks in a dolly zoom."""
    return background_scale(now_m, behind_m) / background_scale(start_m, behind_m)


def dolly_travel_m(from_frame_m: float, to_frame_m: float, focal_mm: float, gate_h_mm: float) -> float:
    """Return the way from one frame height to another without zooming: positive moves back, negative moves in."""
    positive("The height of the frame", min(from_frame_m, to_frame_m), " m")
    start, end = (camera_distance_m(frame_m, focal_mm, gate_h_mm) for frame_m in (from_frame_m, to_frame_m))
    return end - start


def zoom_factor(from_frame_m: float, to_frame_m: float) -> float:
    """Return the factor on the focal length from one frame height to another without moving: over 1 zooms in."""
    positive("The height of the frame", min(from_frame_m, to_frame_m), " m")
    return from_frame_m / to_frame_m


def arc_length_m(radius_m: float, angle_deg: float) -> float:
    """Return the track that an arc of an angle needs round a subject at a radius: r a, always positive."""
    positive("The radius", radius_m, " m")
    return radius_m * abs(radians(angle_deg))


def slow_motion(capture_fps: float, playback_fps: float = 24) -> float:
    """Return how many times slower things move: capture over playback. 1 is as it was, below 1 is fast motion."""
    positive("The capture rate", capture_fps, " fps")
    positive("The playback rate", playback_fps, " fps")
    return capture_fps / playback_fps


def flicker_safe(mains_hz: float, fps: float, shutter_deg: float = 180) -> bool:
    """Tell whether lamps on the mains (50 or 60 Hz) look steady: they pulse at twice the mains.

    Safe when every exposure holds whole pulses (1/50 s on 50 Hz: 172.8 degrees at 24 fps), or when every frame begins
    at the same point of one (24 fps on 60 Hz: 5 pulses a frame). 23.976 fps drifts through one in 8 s and needs 144.
    """
    positive("The mains", mains_hz, " Hz")
    pulses = 2 * mains_hz * exposure_time_s(shutter_deg, fps)
    if round(pulses) >= 1 and isclose(pulses, round(pulses), rel_tol=PULSE_SHARE):
        return True
    a_frame = round(2 * mains_hz / fps)
    return a_frame >= 1 and abs(2 * mains_hz - a_frame * fps) <= BEAT_HZ


def flicker_safe_angles(mains_hz: float, fps: float) -> tuple[float, ...]:
    """Return the shutter angles up to 360 that hold whole pulses of lamps on the mains, smallest first."""
    positive("The mains", mains_hz, " Hz")
    positive("The frame rate", fps, " fps")
    pulse_deg = 360 * fps / (2 * mains_hz)
    return tuple(pulse_deg * count for count in range(1, int(360 / pulse_deg + 1e-9) + 1))
