import { expect, it } from 'vitest';
import { APPLET_NAMES, HOST_BINARY_NAMES } from './program-names.ts';
import { APPLETS, HOST_BINARIES } from './programs.ts';

it('the names of programs are those of the programs, in their order', () => {
  expect(APPLET_NAMES).toEqual([...APPLETS.keys()]);
  expect(HOST_BINARY_NAMES).toEqual([...HOST_BINARIES.keys()]);
});
