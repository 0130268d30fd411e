import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8, NO_BYTES } from './bytes.ts';
import { emitTar, parseTar, type TarEntry } from './tar.ts';

function file(name: string, text: string): TarEntry {
  return { name, type: 'file', mode: 0o644, uid: 0, gid: 0, modified: 0, target: '', data: encodeUtf8(text) };
}

describe('a tar archive', () => {
  it('of one small file is a header, a block, and two empty blocks', () => {
    expect(emitTar([file('page.html', 'from the host\n')])).toHaveLength(2048);
  });

  it('comes back as it went in', () => {
    const name = fc.stringMatching(/^[a-z]{1,60}(\/[a-z]{1,60}){0,2}$/);
    const entry = fc.record({
      name,
      type: fc.constant('file' as const),
      mode: fc.integer({ min: 0, max: 0o7777 }),
      uid: fc.integer({ min: 0, max: 65_535 }),
      gid: fc.integer({ min: 0, max: 65_535 }),
      modified: fc.integer({ min: 0, max: 2 ** 32 }),
      target: fc.constant(''),
      data: fc.uint8Array({ maxLength: 1500 }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
        expect(parseTar(emitTar(entries))).toEqual({ ok: true, value: entries });
      }),
    );
  });

  it('keeps directories and links', () => {
    const entries: TarEntry[] = [
      { ...file('d/', ''), type: 'directory', data: NO_BYTES },
      { ...file('d/l', ''), type: 'symlink', target: '../x', data: NO_BYTES },
    ];
    expect(parseTar(emitTar(entries))).toEqual({ ok: true, value: entries });
  });

  it('with a flipped bit, or cut short, is none', () => {
    const bytes = emitTar([file('a', 'text')]);
    const flipped = Uint8Array.from(bytes);
    flipped[0] = 98;
    expect(parseTar(flipped)).toEqual({ ok: false, error: 'checksum' });
    expect(parseTar(bytes.subarray(0, 512))).toEqual({ ok: false, error: 'truncated' });
  });
});
