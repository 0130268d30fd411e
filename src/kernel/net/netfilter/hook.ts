/** The five places where a packet meets netfilter (include/uapi/linux/netfilter.h), in the kernel's numbering. */
export const Hook = { prerouting: 0, input: 1, forward: 2, output: 3, postrouting: 4 } as const;
export type Hook = (typeof Hook)[keyof typeof Hook];

export const HOOK_CHAINS = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'] as const;
export type HookChain = (typeof HOOK_CHAINS)[number];

export const Verdict = { accept: 0, drop: 1 } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];
