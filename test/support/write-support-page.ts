import { writeFileSync } from 'node:fs';
import { FAMILIES } from './declared-commands.ts';
import { supportPage } from './support-page.ts';

/** `npm run docs`: writes docs/support.md anew. */
writeFileSync(new URL('../../docs/support.md', import.meta.url), supportPage(FAMILIES));
