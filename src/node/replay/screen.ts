import headless from '@xterm/headless';

/** What a terminal of that size shows after these bytes: lines that were wrapped are one, trailing blanks are gone. */
export async function renderScreen(
  output: string,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Promise<string> {
  const terminal = new headless.Terminal({ cols: columns, rows, scrollback: 100_000, allowProposedApi: true });
  await new Promise<void>((resolve) => {
    terminal.write(output, resolve);
  });
  const buffer = terminal.buffer.active;
  const lines: string[] = [];
  for (let y = 0; y < buffer.length; y++) {
    const line = buffer.getLine(y);
    if (!line) continue;
    const next = buffer.getLine(y + 1);
    const text = line.translateToString(!next?.isWrapped);
    if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  terminal.dispose();
  while (lines.length > 0 && (lines.at(-1) as string).trim() === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
