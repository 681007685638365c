/** One conflict side by side: who, when, where, the values with the difference marked, and the decision. */
import { App as AntApp, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { EntryButton, LinkButton, Panel } from '../../components/layout.tsx'
import { navigate } from '../../state/route.ts'
import { common } from '../../text/common.ts'
import { conflictsText as t } from '../../text/conflicts.ts'
import { momentText } from '../../text/format.ts'
import { tableName } from '../../text/registers.ts'
import { AnewDialog } from './AnewDialog.tsx'
import { ClassLight } from './ClassLight.tsx'
import { anewFields, fieldRows, isDoubled, isGone, isInUse, isRemoval, isShared, isView, type Conflict, type FieldRow, type Names, type Survivor } from './conflict-model.ts'
import { conflictName, hasHistory, keepBody, keepWord, mayStand, viewHint } from './conflict-words.ts'
import { History } from './History.tsx'

type Step = { readonly kind: 'keep'; readonly side: number } | { readonly kind: 'anew' }

export function ConflictDetail({ conflict }: { readonly conflict: Conflict }) {
  const history = useCall('conflicts.history', { table: conflict.table, row: conflict.row, register: conflict.register })
  const [step, setStep] = useState<Step | null>(null)
  const names = history.data?.names ?? {}
  const first = conflict.survivors[0]
  const canWrite = !isRemoval(conflict) && first !== undefined && anewFields(conflict, first.value).length > 0
  return (
    <section className="conflict-detail" aria-label={conflict.title}>
      <div className="detail-head">
        <h2>{conflict.title === '' ? tableName(conflict.table) : conflict.title}<small>{conflictName(conflict)}</small></h2>
        <ClassLight hard={conflict.class === 'hard'} />
      </div>
      {isView(conflict) && conflict.letterId === null ? null : <p className="detail-line">{conflict.class === 'review' ? t.reviewNote : conflict.letterId === null ? t.blocksOther : t.blocks}　<RowLink conflict={conflict} /></p>}
      {isView(conflict) ? <p className="detail-line">{viewHint(conflict)}</p> : null}
      <Sides conflict={conflict} names={names} onKeep={(side) => setStep({ kind: 'keep', side })} />
      {canWrite ? <div className="button-row"><EntryButton entry="exchange.resolve" onClick={() => setStep({ kind: 'anew' })}>{t.anew}</EntryButton></div> : null}
      {hasHistory(conflict) ? <Panel title={t.history}><History table={conflict.table} history={history} open /></Panel> : null}
      {step?.kind === 'keep' ? <KeepDialog conflict={conflict} side={step.side} onClose={() => setStep(null)} /> : null}
      {step?.kind === 'anew' ? <AnewDialog conflict={conflict} onClose={() => setStep(null)} /> : null}
    </section>
  )
}

function RowLink({ conflict }: { readonly conflict: Conflict }) {
  if (conflict.letterId !== null) return <LinkButton onClick={() => navigate(['letters', conflict.letterId ?? ''])}>{t.openLetter}</LinkButton>
  if (conflict.table === 'official') return <LinkButton onClick={() => navigate(['officials', conflict.row])}>{t.openOfficial}</LinkButton>
  if (conflict.table === 'unit') return <LinkButton onClick={() => navigate(['units', conflict.row])}>{t.openUnit}</LinkButton>
  return null
}

type SidesProps = { readonly conflict: Conflict; readonly names: Names; readonly onKeep: (side: number) => void }

function Sides({ conflict, names, onKeep }: SidesProps) {
  const { survivors } = conflict
  const rows = fieldRows(conflict.table, survivors.map((one) => (isGone(one) ? {} : one.value)), names)
  const differing = rows.filter((row) => row.differs)
  const same = rows.filter((row) => !row.differs)
  const [open, setOpen] = useState(false)
  return (
    <div className="sides-scroll" tabIndex={0} role="region" aria-label={t.sidesLabel}>
      <table className="table sides">
        <thead>
          <tr>
            <th className="sides-field" scope="col">{t.field}</th>
            {survivors.map((one, index) => <th key={`${one.id} ${index}`} scope="col"><SideHead conflict={conflict} survivor={one} index={index} /></th>)}
          </tr>
        </thead>
        <tbody>
          {differing.map((row) => <FieldLine key={row.path} row={row} />)}
          {same.length > 0 ? <tr className="sides-more"><td colSpan={survivors.length + 1}><Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>{t.showSame(same.length)}</Button></td></tr> : null}
          {open ? same.map((row) => <FieldLine key={row.path} row={row} />) : null}
        </tbody>
        {survivors.some((one) => mayStand(conflict, one)) ? (
          <tfoot>
            <tr>
              <td />
              {survivors.map((one, index) => (
                <td key={`${one.id} ${index}`}>{mayStand(conflict, one) ? <EntryButton entry="exchange.resolve" type="primary" ghost onClick={() => onKeep(index)}>{keepWord(conflict, one)}</EntryButton> : null}</td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  )
}

function SideHead({ conflict, survivor, index }: { readonly conflict: Conflict; readonly survivor: Survivor; readonly index: number }) {
  const { letterId, unitId } = survivor.value
  return (
    <div className="side-head">
      <span className="side-name">{t.side(index)}{isRemoval(conflict) ? <span className="tag">{isGone(survivor) ? t.removal : isInUse(conflict) ? t.used : t.edited}</span> : null}{survivor.shown ? <span className="tag">{t.shown}</span> : null}</span>
      <dl className="side-who">
        <div><dt>{t.by}</dt><dd>{survivor.author === '' ? t.nobody : survivor.author}</dd></div>
        <div><dt>{t.when}</dt><dd>{momentText(survivor.at)}</dd></div>
        <div><dt>{t.where}</dt><dd>{survivor.machine === '' ? t.nobody : survivor.machine}</dd></div>
      </dl>
      {isDoubled(conflict) ? <LinkButton onClick={() => navigate(['letters', String(letterId)])}>{t.openLetter}</LinkButton> : null}
      {isShared(conflict) ? <LinkButton onClick={() => navigate(['units', String(unitId)])}>{t.openUnit}</LinkButton> : null}
    </div>
  )
}

function FieldLine({ row }: { readonly row: FieldRow }) {
  return (
    <tr className={row.differs ? 'sides-differ' : ''}>
      <th scope="row">{row.label}{row.differs ? <span className="visually-hidden">{t.differsMark}</span> : null}</th>
      {row.values.map((text, index) => <td key={index} className="cell-text">{row.differs ? <mark>{text}</mark> : text}</td>)}
    </tr>
  )
}

function KeepDialog({ conflict, side, onClose }: { readonly conflict: Conflict; readonly side: number; readonly onClose: () => void }) {
  const [note, setNote] = useState('')
  const action = useAction()
  const { message } = AntApp.useApp()
  const survivor = conflict.survivors[side]
  const keep = async (): Promise<void> => {
    if (survivor === undefined) return
    const answer = await action.run('exchange.resolve', { id: conflict.id, take: survivor.id, ...(note.trim() === '' ? {} : { note: note.trim() }) })
    if (!answer.ok) return
    // The list asks again and this detail goes: what is to be said is said by the page's own message.
    message.success(t.decidedDone(answer.value.left))
    onClose()
  }
  return (
    <Modal open title={survivor ? keepWord(conflict, survivor) : ''} okText={t.keepVerb} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void keep()}>
      <div className="dialog-body">
        <p>{keepBody(conflict, survivor)}</p>
        <Form layout="vertical"><Form.Item label={t.note} htmlFor="resolve-note"><Input.TextArea id="resolve-note" value={note} placeholder={t.notePlaceholder} maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} onChange={(event) => setNote(event.target.value)} /></Form.Item></Form>
        <ErrorBox error={action.error} />
      </div>
    </Modal>
  )
}
