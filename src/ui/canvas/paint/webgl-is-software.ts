/** Drivers that compute WebGL on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * Whether this browser's WebGL has no graphics card below it. A plain canvas is then many times as fast, and leaves typing its time;
 * browsers don't report that as a `failIfMajorPerformanceCaveat` when software rendering was asked for.
 */
export function webglIsSoftware(): boolean {
  const gl = document.createElement('canvas').getContext('webgl');
  if (!gl) return false;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return SOFTWARE.test(name);
}
