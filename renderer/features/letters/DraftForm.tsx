/** What a person edits of a paper: facts, basis, demands, days, contact, and the parts of its type. */
import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import type { LetterDraft } from '../../../shared/contract/letter-schemas.ts'
import { LinkButton } from '../../components/layout.tsx'
import { draftText as t } from '../../text/letters.ts'
import { textOrNull } from './draft-model.ts'
import { LineField, type DraftFormProps } from './draft-fields.tsx'
import { DraftParts } from './DraftParts.tsx'

export function DraftForm({ draft, onChange }: DraftFormProps) {
  const set = (patch: Partial<LetterDraft>): void => onChange({ ...draft, ...patch })
  return (
    <>
      <LineField id="draft-title" label={t.subject} value={draft.title} hint={t.titleHint} onChange={(title) => set({ title })} />
      <DraftParts draft={draft} onChange={onChange} />
      <Facts draft={draft} onChange={onChange} />
      <Form.Item label={t.basis} htmlFor="draft-basis"><Input.TextArea id="draft-basis" value={draft.basis} maxLength={20_000} autoSize={{ minRows: 2, maxRows: 8 }} onChange={(event) => set({ basis: event.target.value })} /></Form.Item>
      <Demands draft={draft} onChange={onChange} />
      <div className="form-pair">
        <Form.Item label={t.replyDays} htmlFor="draft-days" extra={t.replyDaysHint}><InputNumber id="draft-days" min={0} max={250} precision={0} value={draft.replyDays} onChange={(days) => set({ replyDays: days ?? 0 })} /></Form.Item>
        <span />
      </div>
      <div className="form-pair">
        <LineField id="draft-contact" label={t.contactName} value={draft.contactName} onChange={(contactName) => set({ contactName })} />
        <LineField id="draft-phone" label={t.contactPhone} value={draft.contactPhone} onChange={(contactPhone) => set({ contactPhone })} />
      </div>
      <Names id="draft-attachments" label={t.attachments} value={draft.attachments} onChange={(attachments) => set({ attachments })} />
      <Names id="draft-copy" label={t.copyTo} value={draft.copyTo} onChange={(copyTo) => set({ copyTo })} />
    </>
  )
}

function Names({ id, label, value, onChange }: { readonly id: string; readonly label: string; readonly value: readonly string[]; readonly onChange: (value: string[]) => void }) {
  return <Form.Item label={label} htmlFor={id}><Select id={id} mode="tags" open={false} suffixIcon={null} value={[...value]} placeholder={t.listHint} onChange={(next: string[]) => onChange(next.slice(0, 20))} /></Form.Item>
}

function Item({ title, onRemove, children }: { readonly title: string; readonly onRemove: (() => void) | null; readonly children: ReactNode }) {
  return (
    <div className="draft-item">
      <div className="draft-item-head"><span className="soft">{title}</span>{onRemove ? <LinkButton onClick={onRemove}>{t.remove}</LinkButton> : null}</div>
      {children}
    </div>
  )
}

function Facts({ draft, onChange }: DraftFormProps) {
  const setFact = (at: number, patch: Partial<LetterDraft['facts'][number]>): void => onChange({ ...draft, facts: draft.facts.map((fact, index) => (index === at ? { ...fact, ...patch } : fact)) })
  return (
    <fieldset className="draft-group">
      <legend>{t.facts}</legend>
      {draft.facts.map((fact, at) => (
        // Lines have no id of their own and keep their order.
        // oxlint-disable-next-line react/no-array-index-key
        <Item key={at} title={t.factNo(at + 1)} onRemove={draft.facts.length > 1 ? () => onChange({ ...draft, facts: draft.facts.filter((_, index) => index !== at) }) : null}>
          <Input.TextArea value={fact.text} aria-label={`${t.factNo(at + 1)} ${t.factText}`} maxLength={20_000} autoSize={{ minRows: 2, maxRows: 10 }} onChange={(event) => setFact(at, { text: event.target.value })} />
          <div className="draft-item-row">
            <Input value={fact.heading ?? ''} aria-label={t.factHeading} prefix={<span className="soft">{t.factHeading}</span>} maxLength={200} onChange={(event) => setFact(at, { heading: textOrNull(event.target.value) })} />
            <Input value={fact.period ?? ''} aria-label={t.factPeriod} prefix={<span className="soft">{t.factPeriod}</span>} maxLength={20} onChange={(event) => setFact(at, { period: textOrNull(event.target.value) })} />
            <Input value={fact.source ?? ''} aria-label={t.factSource} prefix={<span className="soft">{t.factSource}</span>} maxLength={200} onChange={(event) => setFact(at, { source: textOrNull(event.target.value) })} />
          </div>
        </Item>
      ))}
      <Button size="small" disabled={draft.facts.length >= 60} onClick={() => onChange({ ...draft, facts: [...draft.facts, { heading: null, text: '', period: null, source: null, reportId: null }] })}>{t.addFact}</Button>
    </fieldset>
  )
}

function Demands({ draft, onChange }: DraftFormProps) {
  return (
    <fieldset className="draft-group">
      <legend>{t.demands}</legend>
      {draft.demands.map((line, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Item key={at} title={t.demand(at + 1)} onRemove={() => onChange({ ...draft, demands: draft.demands.filter((_, index) => index !== at) })}>
          <Input.TextArea value={line} aria-label={t.demand(at + 1)} maxLength={20_000} autoSize={{ minRows: 1, maxRows: 6 }} onChange={(event) => onChange({ ...draft, demands: draft.demands.map((old, index) => (index === at ? event.target.value : old)) })} />
        </Item>
      ))}
      <Button size="small" disabled={draft.demands.length >= 20} onClick={() => onChange({ ...draft, demands: [...draft.demands, ''] })}>{t.addDemand}</Button>
    </fieldset>
  )
}
