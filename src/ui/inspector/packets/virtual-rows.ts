/** Which of many rows of one height are in sight, with some to spare above and below. */
export interface Window {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

const SPARE = 8;

export function rowsInSight(count: number, rowHeight: number, scrollTop: number, height: number): Window {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - SPARE);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + SPARE);
  return { first: Math.min(first, end), end };
}

/** How far to scroll so that a row is wholly in sight; unchanged if it is already. `header` hides the top of the window. */
export function scrollToRow(
  row: number,
  { rowHeight, scrollTop, height, header }: { rowHeight: number; scrollTop: number; height: number; header: number },
): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  const bottom = top + rowHeight - (height - header);
  return bottom > scrollTop ? bottom : scrollTop;
}

/** The row that a key leads to from another one; null: the key means nothing here. */
export function rowAfterKey(key: string, row: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const within = (place: number) => Math.max(0, Math.min(last, place));
  switch (key) {
    case 'ArrowDown':
      return row < 0 ? 0 : within(row + 1);
    case 'ArrowUp':
      return row < 0 ? last : within(row - 1);
    case 'PageDown':
      return within(row + page);
    case 'PageUp':
      return within(row - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
