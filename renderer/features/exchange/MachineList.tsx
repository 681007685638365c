/** The machines of the group as a virtual list, with the button that ends one. */
import { useMemo } from 'react'
import type { PagedList } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { EmptyState } from '../../components/feedback.tsx'
import { Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { common } from '../../text/common.ts'
import { exchangeText as t } from '../../text/exchange.ts'
import { RevokeButton } from './PartnerDrawer.tsx'
import { partnersOf, scopeText, type Partner, type Picture, type Status } from './partner-model.ts'

export function MachineList({ status, picture }: { readonly status: Status; readonly picture: Picture | null }) {
  const list = useMemo((): PagedList<Partner> => {
    const items = partnersOf(status, picture)
    return { pages: { turn: 1, items, next: null, total: items.length, loading: false, error: null }, more: () => undefined, retry: () => undefined }
  }, [status, picture])
  const columns = useMemo((): readonly Column<Partner>[] => [
    { key: 'name', title: t.machine, width: 'minmax(180px, 1fr)', render: (row) => row.name },
    { key: 'scope', title: t.scope, width: 'minmax(180px, 1fr)', render: (row) => scopeText(row.units) },
    { key: 'state', title: t.state, width: '120px', render: (row) => <StatusLight tone={row.revoked ? 'off' : 'done'} text={row.revoked ? t.revoked : t.active} /> },
    ...(status.canEnrol ? [{ key: 'action', title: common.action, width: '110px', render: (row: Partner) => (row.revoked ? null : <RevokeButton small partner={row} />) }] : []),
  ], [status.canEnrol])
  return (
    <Panel title={t.machinesTitle}>
      <div className="machine-list" style={{ height: Math.min(400, 110 + list.pages.items.length * 36) }}>
        <DataGrid label={t.machinesTitle} list={list} columns={columns} rowKey={(row) => row.device} empty={<EmptyState title={t.none} hint={t.noneHint} />} />
      </div>
    </Panel>
  )
}
