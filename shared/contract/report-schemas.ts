/** A report row as lists and pages show it. */
import { z } from 'zod'
import { figures, id } from './common.ts'

export const reportRow = z.strictObject({
  id, kind: z.string(), period: z.string(), unitId: id, unit: z.string(), officialId: id.nullable(), official: z.string().nullable(), item: z.string().nullable(), figures, remark: z.string().nullable(),
  bulletinId: id.nullable(), sheet: z.string().nullable(), sheetRow: z.int().nullable(), version: z.int(),
})
export type ReportRow = z.infer<typeof reportRow>
