/** 总览: a card for every partner, or all machines in one picture. */
import { Button, Input, Segmented } from 'antd'
import { useState, type ReactNode } from 'react'
import { useCall } from '../../api/hooks.ts'
import { EmptyState } from '../../components/feedback.tsx'
import { navigate, patchQuery, useRoute } from '../../state/route.ts'
import { exchangeText as t } from '../../text/exchange.ts'
import { PartnerCards } from './PartnerCards.tsx'
import { PartnerDrawer } from './PartnerDrawer.tsx'
import { PictureGrid } from './PictureGrid.tsx'
import { mayAccept, partnersOf, type Status } from './partner-model.ts'

export function Overview({ status, notices }: { readonly status: Status; readonly notices: ReactNode }) {
  const { query } = useRoute()
  const picture = useCall('machines.picture', {})
  const [search, setSearch] = useState('')
  const all = partnersOf(status, picture.data)
  const word = search.trim().toLowerCase()
  const shown = word === '' ? all : all.filter((one) => `${one.name} ${one.units.join(' ')}`.toLowerCase().includes(word))
  const live = all.filter((one) => !one.revoked)
  const view = query['view'] === 'picture' ? 'picture' : 'cards'
  const open = all.find((one) => one.device === query['machine'])
  if (all.length === 0) {
    return (
      <div className="page-scroll">
        {notices}
        <EmptyState title={t.none} hint={t.noneHint} action={<Button type="primary" onClick={() => navigate(['exchange', 'group'])}>{t.goGroup}</Button>} />
      </div>
    )
  }
  return (
    <div className="exchange-overview">
      {notices}
      <div className="filters">
        <Segmented aria-label={t.viewLabel} value={view} onChange={(next) => patchQuery({ view: next === 'cards' ? null : next })} options={[{ value: 'cards', label: t.cards }, { value: 'picture', label: t.picture }]} />
        <Input allowClear style={{ width: 200 }} placeholder={t.search} aria-label={t.search} value={search} onChange={(event) => setSearch(event.target.value)} />
        <span className="soft">{[t.machinesCount(live.length), ...counted(live.filter((one) => (one.lacks ?? 0) > 0).length, t.lackingCount), ...counted(live.filter((one) => one.lacks === null).length, t.untoldCount)].join('　')}</span>
      </div>
      {shown.length === 0 ? <EmptyState title={t.noMatch} hint={t.noMatchHint} /> : null}
      {shown.length > 0 && view === 'cards' ? <PartnerCards partners={shown} onOpen={(device) => patchQuery({ machine: device })} /> : null}
      {shown.length > 0 && view === 'picture' ? <PictureGrid partners={shown} picture={picture} onOpen={(device) => patchQuery({ machine: device })} /> : null}
      {open ? <PartnerDrawer partner={open} picture={picture.data} accepts={mayAccept(status)} onClose={() => patchQuery({ machine: null })} /> : null}
    </div>
  )
}

const counted = (n: number, text: (n: number) => string): string[] => (n > 0 ? [text(n)] : [])
