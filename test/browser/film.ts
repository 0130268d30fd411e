/** One moment of a film: a picture as an SVG document, one element a line, and what is said below it. */
export interface Frame {
  readonly svg: string;
  readonly caption: string;
}

export interface FilmOptions {
  readonly title: string;
  /** How long each frame stands, in seconds. */
  readonly each: number;
  /** How long the last one stands. */
  readonly last: number;
}

const CAPTION_HEIGHT = 56;
const CAPTION_SIZE = 14;

/** For whoever wants no motion: this far into the film is what they see. */
const STILL = 0.6;

/**
 * Frames as one SVG document that plays by itself. What stays the same is drawn once, everything else shows at its times; who asked for
 * no motion sees one frame.
 */
export function filmOf(frames: readonly Frame[], { title, each, last }: FilmOptions): string {
  const [, size = '', width = '0', height = '0', paper = ''] =
    /viewBox="(0 0 ([\d.]+) ([\d.]+))"[\s\S]*?<rect width="100%" height="100%" (fill="[^"]+")\/>/.exec(
      frames[0]?.svg ?? '',
    ) ?? [];
  if (size === '') throw new Error('no frames');
  const ink = /<text [^>]*fill="([^"]+)"/.exec(frames[0]?.svg ?? '')?.[1] ?? 'currentColor';
  const lines = frames.map(({ svg, caption }) => [
    ...elementsOf(svg),
    ...captionOf(caption, Number(width), Number(height), ink),
  ]);
  const seconds = frames.length * each + last;
  const stillFrame = Math.floor(frames.length * STILL);
  const keyframes = new Map<string, string>();
  const percent = (frame: number): string => `${Math.round(((frame * each) / seconds) * 1e4) / 100}%`;
  const elements = merged(lines).map((line) => {
    const spans = spansOf(line, lines);
    if (spans.length === 1 && spans[0]?.from === 0 && spans[0].to === frames.length) return line;
    const key = spans.map(({ from, to }) => `${from}-${to}`).join('_');
    if (!keyframes.has(key)) keyframes.set(key, `k${keyframes.size}`);
    const still = spans.some(({ from, to }) => from <= stillFrame && stillFrame < to) ? ' s' : '';
    return line.replace(/^<(\w+) /, `<$1 class="f ${keyframes.get(key)}${still}" `);
  });
  const rules = [...keyframes].map(([key, name]) => {
    const steps = key.split('_').map((span) => span.split('-').map(Number));
    const hidden = steps.some(([from]) => from === 0) ? '' : '0%{visibility:hidden}';
    const shows = steps.map(
      ([from = 0, to = 0]) =>
        `${percent(from)}{visibility:visible}${to === frames.length ? '100%{visibility:visible}' : `${percent(to)}{visibility:hidden}`}`,
    );
    return `.${name}{animation-name:${name}}@keyframes ${name}{${hidden}${shows.join('')}}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${Number(height) + CAPTION_HEIGHT}" role="img">
<title>${title}</title>
<style>.f{visibility:hidden;animation-duration:${seconds.toFixed(2)}s;animation-timing-function:step-end;animation-iteration-count:infinite}
@media (prefers-reduced-motion:reduce){.f{animation:none}.s{visibility:visible}}
${rules.join('\n')}</style>
<rect width="100%" height="100%" ${paper}/>
${elements.join('\n')}
</svg>
`;
}

const elementsOf = (svg: string): string[] =>
  svg.split('\n').filter((line) => /^<(rect x=|path |circle |text )/.test(line));

function captionOf(caption: string, width: number, height: number, ink: string): string[] {
  const most = Math.floor((width - 32) / (CAPTION_SIZE * 0.58));
  const rows: string[] = [];
  for (const word of caption.split(' ')) {
    const row = rows.at(-1);
    if (row !== undefined && `${row} ${word}`.length <= most) rows[rows.length - 1] = `${row} ${word}`;
    else rows.push(word);
  }
  return rows
    .slice(0, 2)
    .map(
      (row, i) =>
        `<text x="16" y="${height + 20 + i * 20}" font-family="system-ui, &quot;Noto Sans JP&quot;, sans-serif" font-size="${CAPTION_SIZE}" fill="${ink}">${escape(row)}</text>`,
    );
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Every line of all frames once, in an order that is each frame's own. */
function merged(frames: readonly (readonly string[])[]): string[] {
  const all: string[] = [];
  const known = new Set<string>();
  for (const frame of frames) {
    let before = -1;
    for (const line of frame) {
      if (known.has(line)) {
        before = all.indexOf(line);
        continue;
      }
      known.add(line);
      all.splice(before + 1, 0, line);
      before++;
    }
  }
  return all;
}

function spansOf(
  line: string,
  frames: readonly (readonly string[])[],
): { readonly from: number; readonly to: number }[] {
  const spans: { from: number; to: number }[] = [];
  frames.forEach((frame, i) => {
    if (!frame.includes(line)) return;
    const last = spans.at(-1);
    if (last?.to === i) last.to = i + 1;
    else spans.push({ from: i, to: i + 1 });
  });
  return spans;
}
