import { createHash } from 'node:crypto';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/**
 * Makes one page of everything, which runs from a disk: there browsers load no modules and start no workers but those that the page
 * carries in itself. The page's own script is allowed by its digest.
 */
export function singleFile(fileName: string): Plugin[] {
  return [
    {
      name: 'workers-inside',
      enforce: 'pre',
      resolveId(source, importer) {
        if (!source.endsWith('?worker')) return null;
        return this.resolve(`${source}&inline`, importer, { skipSelf: true });
      },
    },
    {
      name: 'single-file',
      enforce: 'post',
      generateBundle(_options, bundle) {
        const page = takeText(bundle, /\.html$/);
        const script = takeText(bundle, /\.js$/)
          // There is nothing to preload, and Vite would say so later than now.
          .replaceAll('__VITE_PRELOAD__', 'void 0')
          .replaceAll('</script', '<\\/script')
          .replaceAll('<!--', '\\x3C!--');
        const style = takeText(bundle, /\.css$/).replaceAll('</style', '<\\/style');
        const digest = createHash('sha256').update(script).digest('base64');
        const source = page
          .replace(/<script\b[^>]*><\/script>/g, '')
          .replace(/<link\b[^>]*rel="(?:stylesheet|modulepreload|icon)"[^>]*>/g, '')
          .replace("script-src 'self'", `script-src 'sha256-${digest}'`)
          // The replacements are functions: a text of code may hold `$&` and the like.
          .replace('</head>', () => `<style>${style}</style></head>`)
          .replace('</body>', () => `<script type="module">${script}</script></body>`);
        for (const name of Object.keys(bundle)) delete bundle[name];
        this.emitFile({ type: 'asset', fileName, source });
      },
    },
  ];
}

/** The text of all files that bear such a name. */
function takeText(bundle: Bundle, name: RegExp): string {
  return Object.values(bundle)
    .filter(({ fileName }) => name.test(fileName))
    .map((file) => (file.type === 'chunk' ? file.code : String(file.source)))
    .join('\n');
}
