/** A value inside a sentence of the catalogues, to be shown as code. */
export const code = (value: string | number): string => `\`${String(value).replaceAll('`', '´')}\``;

/** The parts of a sentence: plain text and code in turns, beginning with text. */
export const partsOf = (sentence: string): readonly string[] => sentence.split('`');

/** A sentence as plain text, for names that are read aloud. */
export const plain = (sentence: string): string => sentence.replaceAll('`', '');
