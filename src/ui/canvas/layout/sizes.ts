/** Sizes of the picture, in its own units: a pixel at zoom 1, on a grid of four. */
export const SIZES = {
  margin: 12,
  /** Within a machine's wall. */
  pad: 16,
  title: 36,
  lan: 136,
  /** Between the LAN and the host's wall, where doors and the uplink's cable are. */
  street: 84,
  door: { width: 84, height: 24, gap: 8 },
  shelf: 68,
  gate: { width: 86, height: 40, gap: 14, least: 14 },
  /** Between rows of the kernel's strip. */
  step: 20,
  uplink: { width: 168, height: 40 },
  bridge: { height: 62, least: 228 },
  port: { width: 18, height: 14 },
  cable: 34,
  room: { width: 168, height: 88, gap: 20, line: 16 },
  compact: { width: 132, height: 44, gap: 12 },
  /** From a spine to the rooms on both sides. */
  twig: 14,
  spine: 10,
  /** Between networks. */
  block: 24,
  lane: 10,
} as const;

/** More rooms than these are drawn small. */
export const MOST_FULL_ROOMS = 12;
/** More columns than these in one network hang from spines. */
export const MOST_IN_A_ROW = 6;
