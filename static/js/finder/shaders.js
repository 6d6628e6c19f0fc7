// What three.js does not do as a film camera does, and the print.
import { ShaderChunk } from "../../vendor/three.module.min.js";

// A panel shines by the cosine off its axis; what shines from everywhere is mirrored too, so that floors gleam towards
// the horizon; air takes a share of the light a metre.
export function asFilmed() {
  const beam = "float spotAttenuation = getSpotAttenuation(";
  ShaderChunk.lights_pars_begin = ShaderChunk.lights_pars_begin.replace(beam, beam.replace("get", "angleCos * get"));
  const mirrored = "vec3 radiance = vec3( 0.0 );";
  ShaderChunk.lights_fragment_begin = ShaderChunk.lights_fragment_begin.replace(mirrored, mirrored.replace("vec3( 0.0 )", "ambientLightColor * RECIPROCAL_PI"));
  ShaderChunk.fog_fragment = `#ifdef USE_FOG
    gl_FragColor.rgb = mix(fogColor, gl_FragColor.rgb, exp(-fogDensity * vFogDepth));
  #endif`;
}

export const FLAT = "varying vec2 at; void main() { at = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }";

// The mean of all samples so far; a lamp's own mirror image may be bright, but not so bright that it never settles.
export const MEAN = `varying vec2 at;
uniform sampler2D before, sample_;
uniform float share;
void main() { gl_FragColor = vec4(mix(texture2D(before, at).rgb, min(texture2D(sample_, at).rgb, vec3(30.0)), share), 1.0); }`;

// What scatters in the mist filter and in the film base, at a small size: red-green-blue over white in the alpha's stead.
export const SPREAD = `varying vec2 at;
uniform sampler2D light;
uniform vec2 step_;
uniform vec3 weights;
uniform float over;
void main() {
  vec3 sum = vec3(0.0);
  float weight = 0.0;
  for (int tap = -8; tap <= 8; tap++) {
    float far = float(tap) / 4.0;
    float part = exp(-0.5 * far * far);
    vec3 seen = texture2D(light, at + step_ * float(tap)).rgb;
    float bright = max(dot(seen, weights), 1e-6);
    sum += part * mix(seen, seen * clamp(bright - 1.0, 0.0, 12.0) / bright, over);
    weight += part;
  }
  gl_FragColor = vec4(sum / weight, 1.0);
}`;

// app/previz/finish.py in the same order: exposure, vignette, halation, diffusion, colour, contrast, grain, display.
export const PRINT = `precision highp sampler3D;
varying vec2 at;
uniform sampler2D light, mist, glow;
uniform sampler3D print;
uniform vec3 weights;
uniform vec2 tangents, size, stops;
uniform float points, exposure, vignette, halation, diffusion, saturation, contrast, monochrome, grain, grainSize, seed;
float random(vec2 place) { return fract(sin(dot(place + seed, vec2(12.9898, 78.233))) * 43758.5453); }
float noise(vec2 place) {
  vec2 cell = floor(place);
  return random(cell) + random(cell + 17.0) + random(cell + 41.0) + random(cell + 67.0) - 2.0;
}
void main() {
  vec2 off = (at * 2.0 - 1.0) * tangents;
  float fall = pow(1.0 + dot(off, off), -2.0 * vignette) * exposure;
  vec3 seen = max(texture2D(light, at).rgb, 0.0) * fall;
  seen += halation * texture2D(glow, at).rgb * fall * vec3(1.0, 0.32, 0.1);
  seen = mix(seen, texture2D(mist, at).rgb * fall, diffusion);
  float grey = dot(seen, weights);
  seen = monochrome > 0.5 ? vec3(dot(seen, vec3(0.30, 0.55, 0.15))) : max(grey + saturation * (seen - grey), 0.0);
  seen = 0.18 * pow(max(seen, 1e-6) / 0.18, vec3(contrast));
  float level = log2(max(dot(seen, weights), 1e-4) / 0.18);
  seen *= exp2(noise(at * size / grainSize) * 1.7 * grain * clamp(1.0 - 0.12 * level, 0.4, 1.6));
  vec3 share = clamp((log2(max(seen, 1e-6) / 0.18) - stops.x) / (stops.y - stops.x), 0.0, 1.0);
  vec3 shown = texture(print, (share * (points - 1.0) + 0.5) / points).rgb;
  gl_FragColor = vec4(monochrome > 0.5 ? shown.ggg : shown, 1.0);
}`;
