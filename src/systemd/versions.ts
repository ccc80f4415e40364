/** The releases of systemd that are known here. */

export const OLDEST = 219
export const NEWEST = 262
/** The releases the recordings were made on; the others are dated from systemd's history. */
export const RECORDED = [247, 252, 254, 257, 262] as const
