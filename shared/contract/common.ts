/** Schemas that several areas share. Every string has a bound, so that no door can be fed without end. */
import { z } from 'zod'
import { importKinds, unitKinds } from '../domain/kinds.ts'
import { roles } from '../domain/roles.ts'

export const id = z.string().min(1).max(64)
/** A calendar day, `YYYY-MM-DD`. */
export const isoDate = z.iso.date()
/** A moment that a person typed, local time: `YYYY-MM-DDTHH:mm`. */
export const isoMinute = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
/** Milliseconds since 1970, from this machine's clock. */
export const millis = z.int()
/** `2026-06` or `2025`. */
export const period = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/)
export const shortText = z.string().max(200)
export const longText = z.string().max(20_000)
export const name = z.string().min(1).max(60)
export const password = z.string().max(200)
export const reason = z.string().trim().min(1).max(2_000)
export const query = z.string().max(100)
export const count = z.int().nonnegative()
export const importKind = z.enum(importKinds)
export const unitKind = z.enum(unitKinds)
export const role = z.enum(roles)
export const fileToken = z.string().min(8).max(80)
export const jobId = z.string().min(8).max(64)
export const bytes = z.instanceof(Uint8Array)
export const nothing = z.strictObject({})

/** Keyset paging: `cursor` is opaque and comes from the page before. */
export const paging = { cursor: z.string().max(400).nullish(), limit: z.int().min(1).max(500).default(100) }
export const direction = z.enum(['asc', 'desc'])
/** `total` counts all rows of the filter. */
export const pageOf = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item), next: z.string().nullable(), total: count })

/** A report value as in `Figures`. */
export const figures = z.record(z.string().max(40), z.union([z.number(), z.string().max(20_000), z.boolean(), z.null()]))

export const started = z.strictObject({ job: jobId })
