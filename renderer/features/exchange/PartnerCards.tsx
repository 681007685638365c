/** A card for every partner; rows of cards are virtual, for a county has more than a hundred machines. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { StatusLight } from '../../components/StatusLight.tsx'
import { exchangeText as t } from '../../text/exchange.ts'
import { momentText } from '../../text/format.ts'
import { dayOf } from '../../text/exchange.ts'
import { lightOf, scopeText, type Partner } from './partner-model.ts'

const cardHeight = 138
const cardWidth = 268

export function PartnerCards({ partners, onOpen }: { readonly partners: readonly Partner[]; readonly onOpen: (device: string) => void }) {
  const scroller = useRef<HTMLDivElement>(null)
  const [columns, setColumns] = useState(4)
  useEffect(() => {
    const watched = scroller.current
    if (watched === null) return undefined
    const observer = new ResizeObserver(([entry]) => setColumns(Math.max(1, Math.floor((entry?.contentRect.width ?? 1100) / cardWidth))))
    observer.observe(watched)
    return () => observer.disconnect()
  }, [])
  const rows = Math.ceil(partners.length / columns)
  // oxlint-disable-next-line react/incompatible-library -- nothing of it goes into a memoised child
  const virtual = useVirtualizer({ count: rows, getScrollElement: () => scroller.current, estimateSize: () => cardHeight, overscan: 3 })
  return (
    <div ref={scroller} className="partner-scroll">
      <ul className="partner-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().flatMap((at) =>
          partners.slice(at.index * columns, (at.index + 1) * columns).map((one, column) => (
            <li key={one.device} className="partner-place" aria-setsize={partners.length} aria-posinset={at.index * columns + column + 1} style={{ width: `${100 / columns}%`, left: `${(100 * column) / columns}%`, transform: `translateY(${at.start}px)` }}>
              <PartnerCard partner={one} onOpen={() => onOpen(one.device)} />
            </li>
          )),
        )}
      </ul>
    </div>
  )
}

function PartnerCard({ partner, onOpen }: { readonly partner: Partner; readonly onOpen: () => void }) {
  const light = lightOf(partner)
  return (
    <button type="button" className={`partner-card${partner.revoked ? ' partner-off' : ''}`} onClick={onOpen}>
      <span className="partner-head"><b className="partner-name" title={partner.name}>{partner.name}</b><StatusLight {...light} /></span>
      <span className="partner-scope soft">{scopeText(partner.units)}</span>
      {partner.barred > 0 ? <span className="partner-line"><span className="soft">{t.barredShort}</span>{t.changes(partner.barred)}</span> : null}
      {partner.revoked ? null : (
        <>
          <span className="partner-line"><span className="soft">{t.lastSent}</span>{partner.lastSent === null ? t.never : momentText(partner.lastSent)}</span>
          <span className="partner-line"><span className="soft">{t.lastReceived}</span>{partner.lastReceived === null ? t.never : momentText(partner.lastReceived)}</span>
          {partner.lacks !== null && partner.lacks > 0 ? <span className="partner-line"><span className="soft">{t.lacks}</span>{t.changes(partner.lacks)}{partner.lacksSince === null ? '' : `　${t.day(dayOf(partner.lacksSince))}`}</span> : null}
        </>
      )}
    </button>
  )
}
