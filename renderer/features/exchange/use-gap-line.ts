/** A gap in words: whose records, about what, which numbers. Every unit is numbered by itself, so without it two gaps would read alike. */
import type { ExchangeGap } from '../../../shared/contract/exchange.ts'
import { useCall } from '../../api/hooks.ts'
import { exchangeText as t } from '../../text/exchange.ts'

export function useGapLine(): (gap: ExchangeGap) => string {
  const units = useCall('units.list', { limit: 500 })
  const names = new Map((units.data?.items ?? []).map((unit) => [unit.id, unit.name]))
  return ({ machine, scope, from, to }) => t.gapLine(machine, t.gapAbout[scope] ?? names.get(scope) ?? '', from, to)
}
