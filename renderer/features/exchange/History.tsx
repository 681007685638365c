/** Every value that a register had, newest first: also those that a decision left behind. */
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { Loaded } from '../../api/hooks.ts'
import { Shown } from '../../components/feedback.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { conflictsText as t } from '../../text/conflicts.ts'
import { momentText } from '../../text/format.ts'
import { actionLabel } from '../../text/labels.ts'
import { fieldRows } from './conflict-model.ts'

type Data = OutputOf<'conflicts.history'>

/** `open`: not decided yet, so that several are in force. */
export function History({ table, history, open }: { readonly table: string; readonly history: Loaded<Data>; readonly open?: boolean }) {
  return (
    <Shown of={history}>
      {(data) => (data.writes.length === 0 ? <p className="soft panel-empty">{t.historyEmpty}</p> : (
        <ul className="records history-records">
          {data.writes.map((write, index) => (
            <li key={index}>
              <div className="record-line">
                <span>{[momentText(write.at), write.author === '' ? t.nobody : write.author, write.machine, actionLabel(write.kind)].filter((word) => word !== '').join('　')}</span>
                {write.live ? <StatusLight tone={open ? 'wait' : 'done'} text={open ? t.undecided : t.nowShown} /> : <StatusLight tone="off" text={t.replaced} />}
              </div>
              <p className="soft">{write.value['deleted'] === true ? t.removed : valueLine(table, data, write)}{write.note === null ? '' : `　${t.noted(write.note)}`}</p>
            </li>
          ))}
        </ul>
      ))}
    </Shown>
  )
}

/** One line of what was written. */
function valueLine(table: string, data: Data, write: Data['writes'][number]): string {
  return fieldRows(table, [write.value], data.names).map((row) => `${row.label} ${row.values[0]}`).join(t.comma)
}
