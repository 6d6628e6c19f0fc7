"""What people write into a negative field is found among the terms to keep out."""

import pytest

from app.match import mentions
from app.vocab import vocabulary

VOCABULARY = vocabulary()

PASTED = {
    "lowres": "low_resolution", "bad anatomy": "deformed_bodies", "bad hands": "deformed_hands", "text": "text",
    "missing fingers": "extra_fingers", "extra digit": "extra_fingers", "fewer digits": "extra_fingers",
    "cropped": "cropped_head", "worst quality": "low_resolution", "low quality": "low_resolution",
    "jpeg artifacts": "jpeg_artefacts", "signature": "signature", "watermark": "watermark", "username": "signature",
    "blurry": "blur", "mutated hands": "deformed_hands", "poorly drawn face": "deformed_faces",
    "extra limbs": "extra_limbs", "disfigured": "deformed_bodies", "cloned face": "duplicates",
    "out of frame": "out_of_frame", "long neck": "deformed_bodies", "cross-eyed": "cross_eyes",
    "3d render": "render_look", "cartoon": "cartoon_look", "anime": "cartoon_look", "painting": "painting_look",
    "oversaturated": "oversaturation", "overexposed": "overexposure", "plastic skin": "waxy_skin",
    "subtitles": "subtitles", "captions": "subtitles", "camera shake": "camera_shake", "jump cuts": "cuts",
    "slow motion": "slow_motion", "background music": "music", "voice-over": "narration", "morphing": "morphing",
    "static": "frozen_motion", "messy background": "clutter", "other people": "other_people",
    "extras": "other_people", "crowds": "crowd", "tourists": "tourists", "lens flares": "lens_flare",
    "Bokeh balls": "bokeh_balls", "motion blur": "motion_blur", "chromatic aberration": "chromatic_aberration",
    "vignette": "vignetting", "HDR": "hdr_look", "color cast": "colour_cast", "looking at the camera": "eye_contact",
    "jewelry": "jewellery", "moustache": "beard", "black bars": "letterbox", "collage": "split_screen",
    "power lines": "power_lines", "satellite dishes": "antennas", "NSFW": "nudity", "blood": "gore",
    "cigarettes": "smoking", "guns": "weapons", "dutch angle": "tilted_horizon",
}  # fmt: skip
"""Entries of negative prompts as they are passed round, and the term each of them means."""


@pytest.mark.parametrize(("pasted", "term"), PASTED.items())
def test_what_people_paste_names_one_term(pasted: str, term: str) -> None:
    assert [one.id for one in mentions(VOCABULARY, pasted, "exclude")] == [f"exclude.{term}"]


def test_the_longest_name_wins_in_a_list() -> None:
    found = mentions(VOCABULARY, "people in the background, motion blur, lens flare", "exclude")
    assert [one.id for one in found] == [
        "exclude.other_people",
        "exclude.motion_blur",
        "exclude.lens_flare",
    ]
