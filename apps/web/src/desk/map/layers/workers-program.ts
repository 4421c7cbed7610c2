/**
 * How a worker looks, drawn by the graphics card: the mark of the status in its colour (the shapes of `ui/marks`),
 * with a nose towards the heading.
 */
const VERTEX = `#version 300 es
uniform mat4 u_matrix;
uniform float u_size;
in vec2 a_place;
in float a_heading;
in float a_status;
in float a_flags;
out float v_heading;
flat out int v_status;
flat out int v_flags;
void main() {
  gl_Position = u_matrix * vec4(a_place, 0.0, 1.0);
  v_heading = a_heading;
  v_status = int(a_status + 0.5);
  v_flags = int(a_flags + 0.5);
  gl_PointSize = u_size * ((v_flags & 2) != 0 ? 1.5 : 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 u_colours[5];
uniform vec3 u_surface;
uniform vec3 u_ink;
uniform float u_size;
in float v_heading;
flat in int v_status;
flat in int v_flags;
out vec4 colour;
// How far outside the mark: below 0 is inside.
float mark(vec2 p) {
  vec2 a = abs(p);
  if (v_status == 0) return length(p) - 0.56;
  if (v_status == 1) return max(a.x, a.y) - 0.49;
  if (v_status == 2) return (a.x + a.y) * 0.70711 - 0.46;
  if (v_status == 3) return max(p.y - 0.12, a.x * 0.86603 - (p.y - 0.12) * 0.5) - 0.36;
  vec2 q = abs(vec2(p.x + p.y, p.x - p.y)) * 0.70711;
  return max(min(q.x, q.y) - 0.21, max(q.x, q.y) - 0.62);
}
void main() {
  float size = u_size * ((v_flags & 2) != 0 ? 1.5 : 1.0);
  vec2 p = (gl_PointCoord - 0.5) * 2.0;
  float edge = 3.0 / size;
  float d = mark(p);
  bool stale = (v_flags & 1) != 0;
  bool selected = (v_flags & 2) != 0;
  vec3 fill = u_colours[v_status];
  float alpha = 1.0 - smoothstep(-edge, 0.0, d);
  vec3 paint = fill;
  // A stale position has a hollow middle.
  if (stale) paint = mix(fill, u_surface, 1.0 - smoothstep(-0.24, -0.24 + edge, d));
  vec3 rim = selected ? u_ink : u_surface;
  float ringAlpha = 1.0 - smoothstep(0.16 - edge, 0.16, d);
  vec4 dot_ = vec4(mix(rim, paint, alpha), max(alpha, ringAlpha));
  // The nose.
  if (v_heading >= 0.0 && !stale) {
    float a = radians(v_heading);
    vec2 dir = vec2(sin(a), -cos(a));
    float along = dot(p, dir);
    float across = abs(dot(p, vec2(dir.y, -dir.x)));
    float width = (1.0 - along) * 0.85;
    if (along > 0.5 && along < 1.0 && across < width) {
      float nose = 1.0 - smoothstep(width - edge, width, across);
      dot_ = mix(dot_, vec4(fill, 1.0), nose);
    }
  }
  if (dot_.a < 0.02) discard;
  colour = vec4(dot_.rgb * dot_.a, dot_.a);
}`;

/** Numbers of one worker: x, y from the origin in Mercator units, heading (-1 unknown), status, flags (1 stale, 2 selected). */
export const FLOATS = 5;

export interface WorkersProgram {
  upload(data: Float32Array, count: number): void;
  draw(matrix: Float32Array, sizePixels: number): void;
  delete(): void;
}

export interface WorkerColours {
  status: [number, number, number][];
  surface: [number, number, number];
  ink: [number, number, number];
}

export function workersProgram(gl: WebGL2RenderingContext, colours: WorkerColours): WorkersProgram {
  const program = gl.createProgram()!;
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS))
    throw new Error(`the workers cannot be drawn: ${gl.getProgramInfoLog(program)}`);
  const buffer = gl.createBuffer();
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  const attribute = (name: string, size: number, offset: number) => {
    const place = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, gl.FLOAT, false, FLOATS * 4, offset * 4);
  };
  attribute('a_place', 2, 0);
  attribute('a_heading', 1, 2);
  attribute('a_status', 1, 3);
  attribute('a_flags', 1, 4);
  gl.bindVertexArray(null);
  const uniform = (name: string) => gl.getUniformLocation(program, name);
  const at = {
    matrix: uniform('u_matrix'),
    size: uniform('u_size'),
    colours: uniform('u_colours'),
    surface: uniform('u_surface'),
    ink: uniform('u_ink'),
  };
  let count = 0;
  return {
    upload(data, rows) {
      count = rows;
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, data.subarray(0, rows * FLOATS), gl.DYNAMIC_DRAW);
    },
    draw(matrix, sizePixels) {
      if (count === 0) return;
      // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's, not React's
      gl.useProgram(program);
      gl.bindVertexArray(array);
      gl.uniformMatrix4fv(at.matrix, false, matrix);
      gl.uniform1f(at.size, sizePixels);
      gl.uniform3fv(at.colours, colours.status.flat());
      gl.uniform3fv(at.surface, colours.surface);
      gl.uniform3fv(at.ink, colours.ink);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.disable(gl.DEPTH_TEST);
      gl.drawArrays(gl.POINTS, 0, count);
      gl.bindVertexArray(null);
    },
    delete() {
      gl.deleteBuffer(buffer);
      gl.deleteVertexArray(array);
      gl.deleteProgram(program);
    },
  };
}
