/** Who did what when on which machine (domain.md section 5). */
import { ok, type Result } from '../../shared/result.ts'
import { auditPage, type AuditRow } from '../store/queries/audit.ts'
import { homeValue } from '../store/store.ts'
import type { OpenContext } from './context.ts'

export type AuditInput = {
  cursor?: string | null | undefined; limit: number; direction: 'asc' | 'desc'
  accountId?: string | null | undefined; kind?: string | null | undefined; rowId?: string | null | undefined
  /** Local days, both included. */
  from?: string | null | undefined; to?: string | null | undefined
}
type AuditItem = { id: string; at: number; account: string; accountId: string; action: string; machine: string; rows: number; note: string | null; partial: boolean }

export function listAudit(input: AuditInput, { store, env }: OpenContext): Result<{ items: AuditItem[]; next: string | null; total: number }> {
  const { from, to, ...rest } = input
  const page = store.read((db) => auditPage(db, { ...rest, from: from ? startOfDay(from, 0) : null, to: to ? startOfDay(to, 1) : null }))
  // Parts of other units never come to a machine that sees some units only: there nothing is missing.
  const seesAll = (store.local.get(homeValue) ?? '') === ''
  const item = ({ origin, whole, ...row }: AuditRow): AuditItem => ({ ...row, partial: seesAll && !whole, machine: origin === null || origin === store.identity.origin ? env.machine : origin.slice(0, 8) })
  return ok({ items: page.items.map(item), next: page.next, total: page.total })
}

/** Midnight of this machine's local day, `plus` days later. */
function startOfDay(day: string, plus: number): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plus).getTime()
}
