"""The filter calms noise and keeps edges."""

import numpy as np

from app.previz.denoise import Guides, Picture, denoise

SHAPE = (48, 64)


def guides(albedo: Picture) -> Guides:
    normal = np.tile(np.array([0, 0, 1], np.float32), (*SHAPE, 1))
    flat = np.full(SHAPE, 3, np.float32)
    return Guides(albedo, normal, flat, np.zeros(SHAPE, np.float32))


def noisy(clean: Picture, seed: int) -> Picture:
    random = np.random.default_rng(seed)
    return (clean * random.gamma(4, 0.25, (*SHAPE, 1))).astype(np.float32)


def test_noise_on_an_even_surface_falls_by_five() -> None:
    clean = np.full((*SHAPE, 3), 0.2, np.float32)
    one, other = noisy(clean, 1), noisy(clean, 2)
    calm = denoise(one, other, guides(np.full((*SHAPE, 3), 0.5, np.float32))).light
    assert calm.std() < ((one + other) / 2).std() / 5
    assert abs(calm.mean() / 0.2 - 1) < 0.06


def test_noisier_renderings_are_told_to_be_noisier_where_they_are() -> None:
    clean = np.full((*SHAPE, 3), 0.2, np.float32)
    flat = guides(np.full((*SHAPE, 3), 0.5, np.float32))
    one, other = noisy(clean, 5), noisy(clean, 6)
    one[:, :32], other[:, :32] = clean[:, :32], clean[:, :32]
    noise = denoise(one, other, flat).noise
    assert noise[:, 48:].mean() > 10 * noise[:, :16].mean()
    assert denoise((one + clean * 3) / 4, (other + clean * 3) / 4, flat).noise.mean() < noise.mean() / 2
    assert denoise(clean, clean, flat).noise.max() < 0.001


def test_an_edge_between_two_surfaces_stays_sharp() -> None:
    albedo = np.full((*SHAPE, 3), 0.1, np.float32)
    albedo[:, 32:] = 0.8
    one, other = noisy(albedo * 0.5, 3), noisy(albedo * 0.5, 4)
    row = denoise(one, other, guides(albedo)).light.mean((0, 2))
    assert row[34] - row[29] > 0.9 * (row[45:60].mean() - row[5:20].mean())


def test_a_firefly_in_one_rendering_is_put_out() -> None:
    clean = np.full((*SHAPE, 3), 0.2, np.float32)
    spark = clean.copy()
    spark[20, 20] = 50
    assert denoise(spark, clean, guides(clean)).light.max() < 0.3


def test_a_shadow_that_both_renderings_show_survives() -> None:
    lit = np.full((*SHAPE, 3), 0.2, np.float32)
    lit[:, :32] = 0.02
    row = denoise(lit, lit, guides(np.full((*SHAPE, 3), 0.5, np.float32))).light.mean((0, 2))
    assert row[34] > 0.19
    assert row[29] < 0.03
