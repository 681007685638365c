/** How long work tells how far it is, and learns that the person cancelled. */
import type { JobControl } from '../job-desk.ts'

/** `checkpoint` throws CANCELLED; cheap enough for every piece. `noReturn`, right before what was done is made to count, too; a cancel behind it comes too late. */
export type Control = Pick<JobControl, 'report'> & { readonly checkpoint: () => void; readonly noReturn: () => void }

/** Nobody waits and nobody cancels. */
export const alone: Control = { report: () => {}, checkpoint: () => {}, noReturn: () => {} }

export type Named<T> = T & { machine: string }
