// Draws a scene. Each sample moves every lamp over its area, the lens over its iris and the picture by a part of a
// pixel; their mean has soft shadows and the depth of field of the lens. One sample comes at once, more while nothing moves.
import {
  AmbientLight, BufferAttribute, BufferGeometry, ClampToEdgeWrapping, ColorManagement, Data3DTexture, DataTexture, DirectionalLight,
  DoubleSide, FloatType, FogExp2, Group, HalfFloatType, LinearFilter, LinearSRGBColorSpace, Mesh, MeshBasicMaterial,
  MeshStandardMaterial, NearestFilter, NoToneMapping, OrthographicCamera, PCFShadowMap, PerspectiveCamera,
  PlaneGeometry, PointLight, RGBAFormat, Scene, ShaderMaterial, SphereGeometry, SpotLight, UnsignedByteType, Vector2,
  Vector3, WebGLRenderer, WebGLRenderTarget,
} from "../../vendor/three.module.min.js";
import { cross, look, plus, unit } from "./lens.js";
import { asFilmed, FLAT, MEAN, PRINT, SPREAD } from "./shaders.js";

const ROUGH = { matte: 1, satin: 0.5, skin: 0.5, hair: 0.55, eye: 0.1, cloth: 0.85, lacquer: 0.4 };
const UNLIT = ["sky", "glow"];
const FALLING = { rain: 0.4, snow: 0.85 }; // how much of what is behind a drop it hides
const SHADOWS = 8;
const NEAR_M = 0.02;
const FAR_M = 400;
const MOST_SAMPLES = 96;
const AIM_MS = 4000; // a slow machine stops after about so long
const MIST = [0.012, 0.045];
const GLOW = [0.005, 0.016];

ColorManagement.enabled = false;
asFilmed();

export class Picture {
  constructor(canvas, context, print) {
    this.gl = context;
    this.renderer = new WebGLRenderer({ canvas, context, antialias: false });
    this.renderer.setPixelRatio(1);
    this.renderer.outputColorSpace = LinearSRGBColorSpace;
    this.renderer.toneMapping = NoToneMapping;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.exact = context.getExtension("EXT_color_buffer_float") ? FloatType : HalfFloatType;
    this.set = new Group();
    this.people = new Group();
    this.lamps = new Group();
    this.scene = new Scene();
    this.scene.fog = new FogExp2(0, 0);
    this.ambient = new AmbientLight();
    this.scene.add(this.set, this.people, this.lamps, this.ambient);
    this.camera = new PerspectiveCamera();
    this.camera.matrixAutoUpdate = false;
    this.camera.matrixWorldAutoUpdate = false;
    this.finishes = new Map();
    this.geometries = new Map();
    this.lit = [];
    this.kinds = "";
    this.printing(print);
    this.n = 0;
    this.cost = 16;
    this.batch = 1;
    this.told = () => {};
  }

  printing(print) {
    this.flat = new Mesh(new PlaneGeometry(2, 2));
    this.flatScene = new Scene();
    this.flatScene.add(this.flat);
    this.flatCamera = new OrthographicCamera(-1, 1, 1, -1, 0, 1);
    const shader = (fragmentShader, names) =>
      new ShaderMaterial({
        vertexShader: FLAT,
        fragmentShader,
        uniforms: Object.fromEntries(names.map((name) => [name, { value: null }])),
        depthTest: false,
        depthWrite: false,
      });
    this.mean = shader(MEAN, ["before", "sample_", "share"]);
    this.spread = shader(SPREAD, ["light", "step_", "weights", "over"]);
    this.print = shader(PRINT, [
      "light", "mist", "glow", "print", "weights", "tangents", "size", "stops", "points", "exposure", "vignette",
      "halation", "diffusion", "saturation", "contrast", "monochrome", "grain", "grainSize", "seed",
    ]);
    const cube = new Data3DTexture(print.colours, print.points, print.points, print.points);
    Object.assign(cube, { format: RGBAFormat, type: UnsignedByteType, minFilter: LinearFilter, magFilter: LinearFilter });
    Object.assign(cube, { wrapS: ClampToEdgeWrapping, wrapT: ClampToEdgeWrapping, wrapR: ClampToEdgeWrapping });
    cube.needsUpdate = true;
    this.fill(this.print, { print: cube, points: print.points, stops: new Vector2(...print.stops) });
  }

  fill(material, values) {
    for (const [name, value] of Object.entries(values)) material.uniforms[name].value = value;
  }

  // The frame's size in pixels; a picture under change is drawn smaller where the machine is slow.
  resize(width, aspect) {
    this.width = Math.max(2, Math.round(width));
    this.aspect = aspect;
    this.quick = null;
    this.size(1);
  }

  size(scale) {
    const wide = Math.max(64, Math.round(this.width * scale));
    const high = Math.max(36, Math.round(wide / this.aspect));
    if (this.wide === wide && this.high === high) return;
    this.wide = wide;
    this.high = high;
    for (const target of [this.one, this.sum, this.next, ...(this.small ?? [])]) target?.dispose();
    const float = { type: this.exact, minFilter: NearestFilter, magFilter: NearestFilter, depthBuffer: false };
    this.one = new WebGLRenderTarget(wide, high, { type: HalfFloatType });
    this.sum = new WebGLRenderTarget(wide, high, float);
    this.next = new WebGLRenderTarget(wide, high, float);
    const quarter = { type: HalfFloatType, depthBuffer: false, minFilter: LinearFilter, magFilter: LinearFilter };
    this.small = [0, 1, 2, 3].map(() => new WebGLRenderTarget(Math.ceil(wide / 4), Math.ceil(high / 4), quarter));
    this.renderer.setSize(wide, high, false);
    this.n = 0;
  }

  stand(pieces, group) {
    this.clear(group);
    for (const piece of pieces) group.add(this.mesh(piece));
    this.again();
  }

  // Each figure is a mesh file's pieces, shared by all who look the same, at its own place.
  cast(figures) {
    this.people.clear();
    for (const { address, pieces, at, facing_deg } of figures) {
      const who = new Group();
      if (!this.geometries.has(address)) this.geometries.set(address, pieces.map((piece) => this.mesh(piece)));
      for (const mesh of this.geometries.get(address)) who.add(mesh.clone());
      who.position.set(...at);
      who.rotation.y = (facing_deg * Math.PI) / 180;
      this.people.add(who);
    }
    for (const [address, meshes] of this.geometries) {
      if (this.geometries.size <= 12 || figures.some((one) => one.address === address)) continue;
      for (const mesh of meshes) mesh.geometry.dispose();
      this.geometries.delete(address);
    }
    this.again();
  }

  mesh(piece) {
    const shape = new BufferGeometry();
    shape.setAttribute("position", new BufferAttribute(piece.points, 3));
    shape.setAttribute("normal", new BufferAttribute(piece.normals, 3));
    shape.setAttribute("color", new BufferAttribute(piece.colours, 3));
    shape.setIndex(new BufferAttribute(piece.corners, 1));
    const sky = piece.finish === "sky";
    const mesh = new Mesh(shape, this.finish(piece.finish));
    mesh.castShadow = mesh.receiveShadow = !UNLIT.includes(piece.finish) && !(piece.finish in FALLING);
    mesh.frustumCulled = !sky;
    return mesh;
  }

  finish(name) {
    if (!this.finishes.has(name)) {
      const shared = { vertexColors: true, side: DoubleSide };
      const falling = { ...shared, transparent: true, depthWrite: false, opacity: FALLING[name] };
      const made = name in FALLING ? new MeshBasicMaterial(falling) : UNLIT.includes(name) ? new MeshBasicMaterial(shared) : new MeshStandardMaterial({ ...shared, roughness: ROUGH[name] ?? 0.6 });
      this.finishes.set(name, made);
    }
    return this.finishes.get(name);
  }

  clear(group) {
    for (const mesh of group.children) mesh.geometry.dispose();
    group.clear();
  }

  // Everything but the meshes: camera, lamps, air and finish.
  light(scene, live) {
    this.shot = scene;
    const kinds = live.lights.map((one) => one.kind + (one.glow ? "+" : "")).join();
    if (kinds !== this.kinds) this.hang(live.lights, kinds);
    for (const [number, one] of live.lights.entries()) this.aim(this.lit[number], one);
    this.ambient.color.setRGB(...live.ambient.map((value) => value * Math.PI));
    const [density, air] = live.haze;
    this.scene.fog.density = density;
    this.scene.fog.color.setRGB(...air);
    this.luminance = new Vector3(...live.luminance);
    this.again();
  }

  hang(lights, kinds) {
    for (const { source, shown } of this.lit) {
      source.map?.dispose();
      source.dispose();
      shown?.geometry.dispose();
      shown?.material.dispose();
    }
    this.lamps.clear();
    this.kinds = kinds;
    this.lit = lights.map((one, number) => {
      const source = one.kind === "panel" ? new SpotLight() : one.kind === "globe" ? new PointLight() : new DirectionalLight();
      source.castShadow = number < SHADOWS;
      const edge = one.kind === "globe" ? 256 : one.kind === "sun" ? 2048 : 1024;
      source.shadow.mapSize.set(edge, edge);
      source.shadow.bias = -0.0004;
      source.shadow.normalBias = one.kind === "globe" ? 0.03 : 0.006;
      this.lamps.add(source);
      if (source.target) this.lamps.add(source.target);
      const shown = one.glow ? new Mesh(one.kind === "globe" ? new SphereGeometry(1, 32, 16) : new PlaneGeometry(2, 2), new MeshBasicMaterial({ side: DoubleSide })) : null;
      if (shown) this.lamps.add(shown);
      return { source, shown, where: () => {} };
    });
  }

  aim(hung, one) {
    const { source, shown } = hung;
    if (shown) shown.material.color.setRGB(...one.glow);
    hung.kind = one.kind;
    if (one.kind === "sun") this.aimSun(hung, one);
    else if (one.kind === "globe") {
      hung.at = one.at;
      hung.radius = one.radius;
      source.color.setRGB(...one.light);
      source.intensity = Math.PI * one.radius ** 2;
      source.shadow.camera.near = one.radius * 1.1;
      shown?.position.set(...one.at);
      shown?.scale.setScalar(one.radius);
    } else this.aimPanel(hung, one);
  }

  aimPanel(hung, one) {
    const { source, shown } = hung;
    Object.assign(hung, { at: one.at, right: one.right, up: one.up, ahead: unit(cross(one.right, one.up)) });
    source.color.setRGB(...one.light);
    source.intensity = 4 * Math.hypot(...one.right) * Math.hypot(...one.up);
    source.angle = (one.cone_deg * Math.PI) / 180;
    source.penumbra = 0.05;
    this.throw(hung, one.gobo);
    source.shadow.camera.near = 0.04;
    source.shadow.camera.far = 40;
    if (!shown) return;
    shown.position.set(...plus(one.at, hung.ahead, 0.002));
    shown.up.set(...unit(one.up));
    shown.lookAt(...plus(one.at, hung.ahead));
    shown.scale.set(Math.hypot(...one.right), Math.hypot(...one.up), 1);
  }

  // What a profile spot shines through: three projects it over the lamp's whole field.
  throw(hung, gobo) {
    if (hung.gobo === gobo) return;
    hung.gobo = gobo;
    hung.source.map?.dispose();
    hung.source.map = gobo ? pattern(gobo) : null;
  }

  aimSun(hung, one) {
    hung.ahead = unit(one.toward);
    hung.source.color.setRGB(...one.light);
    hung.source.intensity = 1;
    Object.assign(hung.source.shadow.camera, { left: -9, right: 9, top: 9, bottom: -9, near: 1, far: 120 });
    hung.source.shadow.camera.updateProjectionMatrix();
  }

  // Start over: something changed.
  again() {
    this.n = 0;
    this.ended = false;
    this.changedAt = performance.now();
    if (!this.waiting && !this.held) this.ask();
  }

  // A view that nobody sees draws nothing.
  hold(held) {
    this.held = held;
    if (!held && !this.waiting) this.ask();
  }

  ask() {
    this.waiting = true;
    requestAnimationFrame((now) => this.tick(now));
  }

  get most() {
    return Math.min(MOST_SAMPLES, Math.max(6, Math.round((AIM_MS / this.cost) * this.batch)));
  }

  tick(now) {
    this.waiting = false;
    if (this.held || !this.shot || !this.width || this.lost) return;
    if (this.busy()) {
      this.ask();
      return;
    }
    if (this.n > 0 && this.before) this.timed(now - this.before);
    this.before = now;
    if (this.n > 0) this.told(this.n, this.ended);
    if (this.ended) {
      this.before = 0;
      return;
    }
    const slow = this.cost / this.batch > 60;
    const scale = slow && performance.now() - this.changedAt < 250 ? 0.5 : 1;
    if (scale !== this.quick) {
      this.quick = scale;
      this.size(scale);
    }
    const first = this.n === 0;
    for (let number = 0; number < (first ? 1 : this.batch); number++) this.sample();
    this.show();
    this.fence = this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    this.gl.flush();
    this.ended = this.n >= this.most && scale === 1;
    this.ask();
  }

  // Whether the card still draws what it was last given: more would only queue up.
  busy() {
    if (!this.fence) return false;
    if (this.gl.getSyncParameter(this.fence, this.gl.SYNC_STATUS) !== this.gl.SIGNALED) return true;
    this.gl.deleteSync(this.fence);
    this.fence = null;
    return false;
  }

  // How long a tick takes sets how many samples one may hold.
  timed(ms) {
    this.cost = 0.7 * this.cost + 0.3 * Math.min(ms, 3000);
    if (this.cost < 22 && this.batch < 8) this.batch++;
    else if (this.cost > 40 && this.batch > 1) this.batch--;
  }

  sample() {
    const number = this.n++;
    const rest = number === 0;
    for (const [place, hung] of this.lit.entries()) this.jitter(hung, rest ? [0.5, 0.5] : spot(number, place));
    this.frame(number, rest);
    this.renderer.setRenderTarget(this.one);
    this.renderer.render(this.scene, this.camera);
    this.fill(this.mean, { before: this.sum.texture, sample_: this.one.texture, share: 1 / this.n });
    this.pass(this.mean, this.next);
    [this.sum, this.next] = [this.next, this.sum];
  }

  jitter(hung, [u, v]) {
    const { source } = hung;
    if (hung.kind === "sun") {
      const away = hung.ahead.map((value) => -value * 60);
      source.position.set(...away);
      return;
    }
    if (hung.kind === "globe") {
      source.position.set(...hung.at);
      return;
    }
    const at = plus(plus(hung.at, hung.right, 2 * u - 1), hung.up, 2 * v - 1);
    source.position.set(...at);
    source.target.position.set(...plus(at, hung.ahead));
  }

  // The lens at one point of its iris; what lies at the focus stays where it is.
  frame(number, rest) {
    const { camera } = this.shot;
    const seen = look(camera, this.shot.aspect);
    const iris = camera.focal_mm / 1000 / (2 * camera.f_number);
    const turn = 2 * Math.PI * halton(number, 5);
    const out = rest ? 0 : iris * Math.sqrt(halton(number, 7));
    const [x, y] = [out * Math.cos(turn), out * Math.sin(turn)];
    const focus = Math.max(camera.focus_m, 0.05);
    const at = plus(plus(seen.at, seen.right, x), seen.up, y);
    this.camera.matrixWorld.set(
      seen.right[0], seen.up[0], -seen.forward[0], at[0],
      seen.right[1], seen.up[1], -seen.forward[1], at[1],
      seen.right[2], seen.up[2], -seen.forward[2], at[2],
      0, 0, 0, 1,
    );
    this.camera.matrixWorldInverse.copy(this.camera.matrixWorld).invert();
    const [jx, jy] = rest ? [0, 0] : [halton(number, 11) - 0.5, halton(number, 13) - 0.5];
    const across = (jx * 2 * seen.tanX) / this.wide - x / focus;
    const above = (jy * 2 * seen.tanY) / this.high - y / focus;
    const near = NEAR_M;
    this.camera.projectionMatrix.makePerspective(
      near * (across - seen.tanX), near * (across + seen.tanX), near * (above + seen.tanY), near * (above - seen.tanY), near, FAR_M,
    );
    this.camera.projectionMatrixInverse.copy(this.camera.projectionMatrix).invert();
    this.seen = seen;
  }

  pass(material, target) {
    this.flat.material = material;
    this.renderer.setRenderTarget(target);
    this.renderer.render(this.flatScene, this.flatCamera);
  }

  show() {
    const { finish } = this.shot;
    const [mist, glow] = [finish.diffusion > 0, finish.halation > 0];
    if (mist) this.blur(MIST, 0, this.small[0], this.small[1]);
    if (glow) this.blur(GLOW, 1, this.small[2], this.small[3]);
    this.fill(this.print, {
      light: this.sum.texture,
      mist: this.small[0].texture,
      glow: this.small[2].texture,
      weights: this.luminance,
      tangents: new Vector2(this.seen.tanX, this.seen.tanY),
      size: new Vector2(this.wide, this.high),
      exposure: 2 ** finish.exposure_stops,
      vignette: finish.vignette,
      halation: glow ? finish.halation : 0,
      diffusion: finish.diffusion,
      saturation: finish.saturation,
      contrast: finish.contrast,
      monochrome: finish.black_and_white ? 1 : 0,
      grain: finish.grain,
      grainSize: Math.max(1, (finish.grain_px * this.wide) / 960),
      seed: 0,
    });
    this.pass(this.print, null);
  }

  // Both spreads of the still's two, as one of about their mean: at this size they look alike.
  blur(shares, over, kept, between) {
    const sigma = (shares[0] * shares[1]) ** 0.5;
    this.fill(this.spread, { light: this.sum.texture, weights: this.luminance, over, step_: new Vector2(sigma / 4, 0) });
    this.pass(this.spread, between);
    this.fill(this.spread, { light: between.texture, over: 0, step_: new Vector2(0, (sigma * this.shot.aspect) / 4) });
    this.pass(this.spread, kept);
  }

  dispose() {
    this.lost = true;
    this.renderer.dispose();
  }
}

// Levels of 8 bits, their top row first, as a texture, whose first row is at the bottom.
function pattern(levels) {
  const read = Uint8Array.from(atob(levels), (one) => one.charCodeAt(0));
  const edge = Math.sqrt(read.length);
  const colours = new Uint8Array(read.length * 4);
  for (let at = 0; at < read.length; at++) {
    const row = edge - 1 - Math.floor(at / edge);
    colours.fill(read[at], 4 * (row * edge + (at % edge)), 4 * (row * edge + (at % edge)) + 3);
    colours[4 * at + 3] = 255;
  }
  const made = new DataTexture(colours, edge, edge, RGBAFormat, UnsignedByteType);
  Object.assign(made, { minFilter: LinearFilter, magFilter: LinearFilter, needsUpdate: true });
  return made;
}

// Points that fill an interval evenly however many are taken.
function halton(index, base) {
  let [share, value] = [1, 0];
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    share /= base;
    value += share * (rest % base);
  }
  return value;
}

// A point on a lamp: every lamp has its own order, so that no two move together.
function spot(number, lamp) {
  return [(halton(number, 2) + lamp * 0.618) % 1, (halton(number, 3) + lamp * 0.382) % 1];
}
