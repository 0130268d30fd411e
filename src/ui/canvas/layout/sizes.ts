/** Sizes of the picture, in its own units: a pixel at zoom 1, on a grid of four. */
export const SIZES = {
  margin: 8,
  /** Within a machine's wall. */
  pad: 14,
  /** Wide enough for the tools that stand at its right end. */
  title: 42,
  lan: 124,
  lanHeight: 128,
  /** From this width on, a LAN above the host is one line. */
  lanLine: 420,
  /** Where services alone are shown on a narrow screen, height is dear. */
  low: { margin: 8, street: 28, rail: 36, below: 18, cable: 18, loopback: { width: 100, height: 22 } },
  /** Between the LAN and the host's wall, where doors and the uplink's cable are. */
  street: 84,
  door: { width: 84, height: 24, gap: 8 },
  shelf: 64,
  /** Its name above, and below that the lane on which packets pass and stand. */
  gate: { width: 88, height: 56, lane: 43, least: 12 },
  /** Between rows of the kernel's strip. */
  step: 20,
  /** Between the strip and the devices below it. */
  rail: 12,
  /** A socket in the wall: so much of it is outside. */
  uplink: { width: 124, height: 40, outside: 52 },
  loopback: 84,
  /** Its names above, and below them the lane. */
  bridge: { height: 64, lane: 48, least: 208, header: 30, small: 44 },
  port: { width: 18, height: 14 },
  cable: 34,
  /** The lane lies between its interfaces and its floor, so far from below. */
  room: { width: 144, widest: 208, height: 90, lane: 38, gap: 16, line: 16 },
  compact: { width: 132, height: 44, gap: 12 },
  /** From a spine to the rooms on both sides. */
  twig: 12,
  /** Wide enough for two ports side by side. */
  spine: 42,
  /** Between networks. */
  block: 18,
  lane: 10,
} as const;

/** More rooms than these are drawn small. */
export const MOST_FULL_ROOMS = 12;
/** More columns than these in one network hang from spines. */
export const MOST_IN_A_ROW = 6;
