/** How long work tells how far it is, and learns that the person cancelled. */
import type { JobControl } from '../job-desk.ts'

/** `checkpoint` throws CANCELLED; cheap enough for every piece. */
export type Control = Pick<JobControl, 'report'> & { readonly checkpoint: () => void }

/** Nobody waits and nobody cancels. */
export const alone: Control = { report: () => {}, checkpoint: () => {} }

export type Named<T> = T & { machine: string }
