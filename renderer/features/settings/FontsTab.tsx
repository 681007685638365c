/** 字体: which typefaces of the papers this machine has, what stands in for the others, and what can be done. */
import { Alert } from 'antd'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { useCall } from '../../api/hooks.ts'
import { Shown } from '../../components/feedback.tsx'
import { Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { fontText as t } from '../../text/fonts.ts'

type Chain = OutputOf<'fonts.status'>[number]
type State = 'ready' | 'standIn' | 'missing'

/** The first of the chain is what the standard names; a later one is close to it. */
function stateOf({ chain, used }: Chain): State {
  if (used === null) return 'missing'
  return used === chain[0]?.name ? 'ready' : 'standIn'
}

const tones = { ready: 'done', standIn: 'wait', missing: 'alert' } as const

export function FontsTab() {
  const status = useCall('fonts.status', {})
  return (
    <div className="page-scroll">
      <p className="soft">{t.intro}{t.word}</p>
      <Shown of={status}>{(chains) => <FontTable chains={chains} />}</Shown>
      <p className="soft">{t.windows}</p>
      <p className="soft">{t.restart}</p>
    </div>
  )
}

function FontTable({ chains }: { readonly chains: readonly Chain[] }) {
  const count = (state: State): number => chains.filter((chain) => stateOf(chain) === state).length
  const [missing, standIn] = [count('missing'), count('standIn')]
  return (
    <>
      <Alert showIcon type={missing > 0 ? 'error' : standIn > 0 ? 'warning' : 'success'} title={missing > 0 ? t.someMissing(missing) : standIn > 0 ? t.someStandIn(standIn) : t.allReady} />
      <Panel>
        <table className="table">
          <thead><tr><th>{t.use}</th><th>{t.wanted}</th><th>{t.state}</th><th>{t.now}</th><th>{t.help}</th></tr></thead>
          <tbody>{chains.map((chain) => <FontRow key={chain.role} of={chain} />)}</tbody>
        </table>
      </Panel>
    </>
  )
}

function FontRow({ of }: { readonly of: Chain }) {
  const state = stateOf(of)
  const others = of.chain.slice(1).map((one) => one.name)
  return (
    <tr>
      <td className="nowrap">{t.roles[of.role]}</td>
      <td className="cell-text">{of.chain[0]?.name}{others.length === 0 ? null : <span className="soft">　{t.also(others.join('、'))}</span>}</td>
      <td className="nowrap"><StatusLight tone={tones[state]} text={t[state]} /></td>
      <td className="cell-text">{of.used ?? t.nothing}</td>
      <td className="cell-text">{state === 'ready' ? null : t.helps[of.role]}</td>
    </tr>
  )
}
