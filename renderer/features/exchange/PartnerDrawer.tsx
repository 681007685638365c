/** One machine: what it lacks, what went to and fro, and its end. */
import { App as AntApp, Drawer } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { Shown } from '../../components/feedback.tsx'
import { EntryButton, Fields, Panel } from '../../components/layout.tsx'
import { ReasonDialog } from '../../components/ReasonDialog.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { navigate } from '../../state/route.ts'
import { dayOf, exchangeText as t } from '../../text/exchange.ts'
import { momentText, none, sizeText } from '../../text/format.ts'
import { AcceptPanel } from './AcceptPanel.tsx'
import { lackingParts, lightOf, scopeText, type Partner, type Picture } from './partner-model.ts'

/** `accepts`: whether records of a revoked machine can be accepted here. */
type Props = { readonly partner: Partner; readonly picture: Picture | null; readonly accepts: boolean; readonly onClose: () => void }

export function PartnerDrawer({ partner, picture, accepts, onClose }: Props) {
  const moment = (at: number | null): string => (at === null ? t.never : momentText(at))
  return (
    <Drawer open size={560} title={t.details(partner.name)} onClose={onClose}>
      <Fields
        items={[
          { label: t.state, value: <StatusLight {...lightOf(partner)} /> }, { label: t.scope, value: scopeText(partner.units) }, { label: t.lastSent, value: moment(partner.lastSent) }, { label: t.lastReceived, value: moment(partner.lastReceived) }, { label: t.told, value: moment(partner.seen) },
          partner.lacks === null || partner.lacks === 0 ? null : { label: t.lacks, value: `${t.changes(partner.lacks)}${partner.lacksSince === null ? '' : `　${t.day(dayOf(partner.lacksSince))}`}` },
        ]}
      />
      {partner.revoked ? null : (
        <div className="button-row">
          <EntryButton entry="exchange.export" type="primary" onClick={() => navigate(['exchange', 'send'], { to: partner.device })}>{t.sendTo}</EntryButton>
          <RevokeButton partner={partner} />
        </div>
      )}
      {partner.revoked ? <AcceptPanel partner={partner} able={accepts} /> : null}
      {partner.revoked || picture === null ? null : <Lacking picture={picture} device={partner.device} />}
      <Packages device={partner.device} />
    </Drawer>
  )
}

function Lacking({ picture, device }: { readonly picture: Picture; readonly device: string }) {
  const parts = lackingParts(picture, picture.machines.findIndex((machine) => machine.device === device))
  return (
    <Panel title={t.lacksOf}>
      {parts === null ? <p className="soft panel-empty">{t.lacksUntold}</p> : parts.length === 0 ? <p className="soft panel-empty">{t.lacksNothing}</p> : (
        <ul className="plain-list lines-scroll">{parts.map((part) => <li key={part.name} className="lacking-line"><span>{part.name}</span><span>{t.changes(part.count)}</span></li>)}</ul>
      )}
    </Panel>
  )
}

type Package = OutputOf<'exchange.packages'>['items'][number] & { readonly out: boolean }

function Packages({ device }: { readonly device: string }) {
  const sent = useCall('exchange.packages', { direction: 'out', limit: 200 })
  const received = useCall('exchange.packages', { direction: 'in', limit: 200 })
  const items = [...(sent.data?.items ?? []).filter((one) => one.device === device || one.device === 'all').map((one): Package => ({ ...one, out: true })), ...(received.data?.items ?? []).filter((one) => one.device === device).map((one): Package => ({ ...one, out: false }))].sort((a, b) => b.at - a.at)
  return (
    <Panel title={t.packages}>
      <Shown of={sent}>
        {() => (items.length === 0 ? <p className="soft panel-empty">{t.packagesNone}</p> : (
          <ul className="records lines-scroll">
            {items.map((one) => (
              <li key={`${one.out ? 'out' : 'in'}-${one.id}`}>
                <div className="record-line"><span>{one.out ? t.packageOut(one.number) : t.packageIn(one.number)}{one.device === 'all' ? `　${t.toAll}` : ''}</span><span>{momentText(one.at)}</span></div>
                <p className="soft">{t.packageSize(one.changes, one.blobs)}　{one.bytes > 0 ? sizeText(one.bytes) : none}</p>
              </li>
            ))}
          </ul>
        ))}
      </Shown>
    </Panel>
  )
}

/** Also in the list of the group's machines. */
export function RevokeButton({ partner, small }: { readonly partner: Pick<Partner, 'device' | 'name'>; readonly small?: boolean }) {
  const [asking, setAsking] = useState(false)
  const action = useAction()
  const { message } = AntApp.useApp()
  const revoke = async (reason: string): Promise<void> => {
    const answer = await action.run('exchange.revoke', { device: partner.device, reason })
    if (!answer.ok) return
    message.success(t.revokeDone)
    setAsking(false)
  }
  return (
    <>
      <EntryButton entry="exchange.revoke" danger {...(small ? { size: 'small' as const } : {})} onClick={() => { action.clear(); setAsking(true) }}>{t.revoke}</EntryButton>
      {asking ? (
        <ReasonDialog title={t.revokeTitle(partner.name)} verb={t.revoke} danger busy={action.busy} error={action.error} onCancel={() => setAsking(false)} onReason={(reason) => void revoke(reason)}>
          <p>{t.revokeBody}</p>
        </ReasonDialog>
      ) : null}
    </>
  )
}
