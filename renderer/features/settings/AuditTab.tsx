/** 操作日志: every write with person, time and machine. */
import { Button, Select } from 'antd'
import { useCall } from '../../api/hooks.ts'
import { usePages, type ItemOf } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { DateField } from '../../components/dates.tsx'
import { EmptyState } from '../../components/feedback.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { patchQuery, useRoute } from '../../state/route.ts'
import { common } from '../../text/common.ts'
import { momentText, none } from '../../text/format.ts'
import { actionLabel, auditActions, auditNote } from '../../text/labels.ts'
import { settingsText as t } from '../../text/settings.ts'

type AuditRow = ItemOf<'audit.list'>

const columns: readonly Column<AuditRow>[] = [
  { key: 'at', title: t.auditAt, width: '150px', render: (row) => momentText(row.at) },
  { key: 'account', title: t.account, width: '120px', render: (row) => row.account },
  { key: 'action', title: t.action, width: '130px', render: (row) => actionLabel(row.action) },
  { key: 'rows', title: t.rows, width: '100px', align: 'right', render: (row) => (row.partial ? <StatusLight tone="wait" text={t.partial} /> : row.rows) },
  { key: 'machine', title: t.machine, width: '140px', render: (row) => row.machine },
  { key: 'note', title: t.note, width: 'minmax(160px, 1fr)', render: (row) => <span title={auditNote(row) ?? ''}>{auditNote(row) ?? none}</span> },
]

export function AuditTab() {
  const { query } = useRoute()
  const accounts = useCall('accounts.list', {})
  const list = usePages('audit.list', { accountId: query['account'] ?? null, kind: query['action'] ?? null, from: query['from'] ?? null, to: query['to'] ?? null, direction: 'desc' })
  const clear = (): void => patchQuery({ account: null, action: null, from: null, to: null })
  return (
    <>
      <div className="filters">
        <Select value={query['account'] ?? ''} aria-label={t.account} style={{ width: 130 }} onChange={(account) => patchQuery({ account })} options={[{ value: '', label: t.allAccounts }, ...(accounts.data ?? []).map((one) => ({ value: one.id, label: one.name }))]} />
        <Select value={query['action'] ?? ''} aria-label={t.action} style={{ width: 140 }} onChange={(action) => patchQuery({ action })} options={[{ value: '', label: t.allActions }, ...auditActions.map(([value, label]) => ({ value, label }))]} />
        <DateField value={query['from'] ?? null} label={t.fromDay} onChange={(from) => patchQuery({ from })} />
        <DateField value={query['to'] ?? null} label={t.toDay} onChange={(to) => patchQuery({ to })} />
        <Button type="text" onClick={clear}>{common.clear}</Button>
      </div>
      <DataGrid label={t.tabs.audit} list={list} columns={columns} rowKey={(row) => row.id} empty={<EmptyState title={t.auditEmpty} hint={t.auditEmptyHint} action={<Button onClick={clear}>{common.clear}</Button>} />} />
    </>
  )
}
