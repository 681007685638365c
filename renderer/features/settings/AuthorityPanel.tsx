/** Who gives the numbers when several machines sign: the one that does, what it lent, and what waits for a number. */
import { Alert, App as AntApp, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox, Shown } from '../../components/feedback.tsx'
import { EntryButton, Fields, Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { common } from '../../text/common.ts'
import { authorityText as t } from '../../text/authority.ts'

type Authority = OutputOf<'numbers.authority'>
const leaseSize = 10

export function AuthorityPanel({ year }: { readonly year: number }) {
  const authority = useCall('numbers.authority', { year })
  return <Panel title={t.title}><Shown of={authority}>{(data) => (data.authority === null ? <p className="soft panel-empty">{t.alone}</p> : <Body data={data} year={year} />)}</Shown></Panel>
}

function Body({ data, year }: { readonly data: Authority; readonly year: number }) {
  const action = useAction()
  const { message, modal } = AntApp.useApp()
  const assign = async (): Promise<void> => {
    const answer = await action.run('numbers.assign', {})
    if (answer.ok) message.success(t.assigned(answer.value.letters.length))
  }
  const takeOver = async (): Promise<void> => {
    if (!(await modal.confirm({ title: t.hereTitle, content: t.hereBody, okText: t.here, cancelText: common.cancel }))) return
    const answer = await action.run('numbers.setAuthority', {})
    if (answer.ok) message.success(t.hereDone)
  }
  return (
    <>
      <Fields items={[{ label: t.by, value: <b>{data.mine ? t.mine : (data.authority?.name ?? '')}</b> }, { label: t.standing, value: t.standings[data.standing] }]} />
      {data.mine ? null : <div className="button-row"><EntryButton entry="numbers.setAuthority" loading={action.busy} onClick={() => void takeOver()}>{t.here}</EntryButton></div>}
      {data.pending.length > 0 ? <Alert type="info" showIcon title={t.pendingBody(data.pending.length)} action={data.mine ? <EntryButton entry="numbers.assign" size="small" type="primary" loading={action.busy} onClick={() => void assign()}>{t.assign}</EntryButton> : undefined} /> : null}
      <ErrorBox error={action.error} />
      {data.mine || data.leases.length > 0 ? <Leases data={data} year={year} /> : null}
    </>
  )
}

function Leases({ data, year }: { readonly data: Authority; readonly year: number }) {
  const status = useCall('exchange.status', data.mine ? {} : null)
  const [to, setTo] = useState<string | null>(null)
  const action = useAction()
  const { message } = AntApp.useApp()
  const lease = async (): Promise<void> => {
    if (to === null) return
    const answer = await action.run('numbers.lease', { device: to, year, size: leaseSize })
    if (answer.ok) message.success(t.leaseDone(answer.value.from, answer.value.to))
  }
  const close = async (id: string): Promise<void> => {
    const answer = await action.run('numbers.closeLease', { id })
    if (answer.ok) message.success(t.closeDone(answer.value.unused))
  }
  return (
    <>
      <h3>{t.leases}</h3>
      {data.leases.length === 0 ? <p className="soft panel-empty">{t.leaseNone}</p> : (
        <table className="table">
          <thead><tr><th>{t.machine}</th><th>{t.range}</th><th className="align-right">{t.left}</th><th>{t.state}</th><th>{common.action}</th></tr></thead>
          <tbody>
            {data.leases.map((one) => (
              <tr key={one.id}>
                <td>{one.mine ? t.mine : one.name}</td><td>{one.from}–{one.to}</td><td className="align-right">{one.left}</td><td><StatusLight tone={one.closed ? 'off' : 'done'} text={one.closed ? t.closed : t.open} /></td>
                <td>{one.closed || !(one.mine || data.mine) ? null : <EntryButton entry="numbers.closeLease" size="small" loading={action.busy} onClick={() => void close(one.id)}>{t.close}</EntryButton>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data.mine ? (
        <div className="button-row">
          <Select showSearch={{ optionFilterProp: 'label' }} aria-label={t.leaseTo} placeholder={t.leaseTo} style={{ width: 220 }} value={to} onChange={setTo} options={(status.data?.partners ?? []).map((one) => ({ value: one.device, label: one.name }))} />
          <EntryButton entry="numbers.lease" disabled={to === null} loading={action.busy} onClick={() => void lease()}>{t.lease}</EntryButton>
        </div>
      ) : null}
      <ErrorBox error={action.error} />
    </>
  )
}
