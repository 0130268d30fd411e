/** As on a machine (UNMASKED_RENDERER_WEBGL is 0x9246) with a graphics card: where the processor stands in for one, the page paints without it. */
export const withCard = (): void => {
  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext] as unknown as {
    prototype: { getParameter: (this: unknown, name: number) => unknown };
  }[]) {
    const { getParameter } = prototype;
    prototype.getParameter = function (name) {
      return name === 0x9246 ? 'a graphics card' : getParameter.call(this, name);
    };
  }
};
