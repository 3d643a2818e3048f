/** What `arrive` says of a request that has no row, since no pod took it. */

/** Rejected: no pod, or a full queue. */
export const REFUSED = -2;
/** Failed: its pod has closed its port. */
export const UNANSWERED = -3;
