/** 已核对: what was decided, by whom, with everything that it left behind. */
import { useMemo } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { useCall } from '../../api/hooks.ts'
import type { PagedList } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { EmptyState, Shown } from '../../components/feedback.tsx'
import { Fields, Panel } from '../../components/layout.tsx'
import { patchQuery, useRoute } from '../../state/route.ts'
import { conflictsText as t } from '../../text/conflicts.ts'
import { momentText, none } from '../../text/format.ts'
import { registerName, tableName } from '../../text/registers.ts'
import { History } from './History.tsx'

type Item = OutputOf<'conflicts.decided'>['items'][number]

const columns: readonly Column<Item>[] = [
  { key: 'what', title: t.what, width: 'minmax(0, 1fr)', render: (row) => <>{row.title === '' ? tableName(row.table) : row.title}<span className="soft">　{registerName(row.table, row.register)}</span></> },
  { key: 'at', title: t.decidedAt, width: '136px', render: (row) => momentText(row.at) },
]

export function Decided() {
  const decided = useCall('conflicts.decided', {})
  return <Shown of={decided}>{(data) => <Split items={data.items} total={data.total} />}</Shown>
}

function Split({ items, total }: { readonly items: readonly Item[]; readonly total: number }) {
  const { query } = useRoute()
  const list = useMemo((): PagedList<Item> => ({ pages: { turn: 1, items, next: null, total, loading: false, error: null }, more: () => undefined, retry: () => undefined }), [items, total])
  const current = items.find((one) => one.id === query['conflict']) ?? items[0]
  if (current === undefined) return <div className="grid-frame"><EmptyState title={t.decidedEmpty} hint={t.decidedEmptyHint} /></div>
  return (
    <div className="conflict-split">
      <DataGrid label={t.decided} list={list} columns={columns} rowKey={(row) => row.id} onOpen={(row) => patchQuery({ conflict: row.id })} activeKey={current.id} empty={null} />
      <DecidedDetail key={current.id} item={current} />
    </div>
  )
}

function DecidedDetail({ item }: { readonly item: Item }) {
  const history = useCall('conflicts.history', { table: item.table, row: item.row, register: item.register })
  return (
    <section className="conflict-detail" aria-label={item.title}>
      <div className="detail-head"><h2>{item.title === '' ? tableName(item.table) : item.title}<small>{registerName(item.table, item.register)}</small></h2></div>
      <Fields items={[{ label: t.decidedBy, value: item.author === '' ? t.nobody : item.author }, { label: t.decidedAt, value: momentText(item.at) }, { label: t.decidedNote, value: item.note ?? none, wide: true }]} />
      <Panel title={t.history}><History table={item.table} history={history} /></Panel>
    </section>
  )
}
