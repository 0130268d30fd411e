import { Utf8Stream } from '../../../base/bytes.ts';
import { defineTool } from '../tool.ts';

/** cat(1). */
export const cat = defineTool({
  name: 'cat',
  options: 'nbvteAEsTu',
  long: {
    number: 'n',
    'number-nonblank': 'b',
    'show-all': 'A',
    'show-ends': 'E',
    'show-tabs': 'T',
    'squeeze-blank': 's',
    'show-nonprinting': 'v',
  },
  usage: `[-nbvteA] [FILE]...

Print FILEs to stdout

	-n	Number output lines
	-b	Number nonempty lines
	-v	Show nonprinting characters as ^x or M-x
	-t	...and tabs as ^I
	-e	...and end lines with $
	-A	Same as -vte`,
  *run(tool) {
    const { proc } = tool;
    const number = tool.has('b') ? 'nonempty' : tool.has('n') ? 'all' : null;
    const ends = tool.has('e') || tool.has('E') || tool.has('A');
    const tabs = tool.has('t') || tool.has('T') || tool.has('A');
    const visible = tool.has('v') || tool.has('e') || tool.has('t') || tool.has('A');
    const squeeze = tool.has('s');
    const plain = !number && !ends && !tabs && !visible && !squeeze;
    let line = 1;
    let fresh = true;
    let blank = 0;
    const decorate = (text: string): string => {
      let result = '';
      for (const c of text) {
        if (fresh && squeeze && c === '\n' && ++blank > 1) continue;
        if (c !== '\n') blank = 0;
        if (fresh && number && (number === 'all' || c !== '\n')) result += `${String(line++).padStart(6)}\t`;
        fresh = c === '\n';
        if (c === '\n') result += ends ? '$\n' : '\n';
        else if (c === '\t') result += tabs ? '^I' : '\t';
        else if (visible && c < ' ') result += `^${String.fromCharCode(c.charCodeAt(0) + 64)}`;
        else if (visible && c === '\u007f') result += '^?';
        else result += c;
      }
      return result;
    };
    for (const path of tool.inputs) {
      const fd = yield* tool.open(path);
      if (fd === null) continue;
      const decoder = new Utf8Stream();
      for (;;) {
        const chunk = yield* proc.read(fd);
        if (!chunk.ok) yield* tool.readFailed(path, chunk.error);
        if (!chunk.ok || chunk.value.length === 0) break;
        if (!(yield* tool.write(plain ? chunk.value : decorate(decoder.write(chunk.value))))) return 1;
      }
      yield* tool.close(fd);
    }
    return tool.status;
  },
});
