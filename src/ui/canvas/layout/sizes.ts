/** Sizes of the picture, in its own units: a pixel at zoom 1, on a grid of four. */
export const SIZES = {
  margin: 12,
  /** Within a machine's wall. */
  pad: 14,
  title: 36,
  lan: 124,
  /** Between the LAN and the host's wall, where doors and the uplink's cable are. */
  street: 76,
  door: { width: 80, height: 24, gap: 8 },
  shelf: 64,
  gate: { width: 86, height: 40, gap: 14, least: 12 },
  /** Between rows of the kernel's strip. */
  step: 20,
  uplink: { width: 132, height: 40 },
  loopback: 84,
  bridge: { height: 66, least: 180, header: 30 },
  port: { width: 18, height: 14 },
  cable: 32,
  room: { width: 144, height: 76, gap: 16, line: 16 },
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
