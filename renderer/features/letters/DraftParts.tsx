/** The parts that only one type of letter has. */
import { Form, Input } from 'antd'
import { DateField, MinuteField } from '../../components/dates.tsx'
import { draftText as t } from '../../text/letters.ts'
import { LineField, type DraftFormProps } from './draft-fields.tsx'

export function DraftParts({ draft, onChange }: DraftFormProps) {
  const { interview, card, supervision, clarification } = draft
  return (
    <>
      {interview ? (
        <fieldset className="draft-group">
          <legend>{t.interview}</legend>
          <div className="form-pair">
            <Form.Item label={t.interviewAt} htmlFor="draft-at"><MinuteField id="draft-at" value={interview.at} onChange={(at) => onChange({ ...draft, interview: { ...interview, at } })} /></Form.Item>
            <LineField id="draft-place" label={t.place} value={interview.place} onChange={(place) => onChange({ ...draft, interview: { ...interview, place } })} />
          </div>
          <div className="form-pair">
            <LineField id="draft-talkers" label={t.talkers} value={interview.talkers} onChange={(talkers) => onChange({ ...draft, interview: { ...interview, talkers } })} />
            <LineField id="draft-bring" label={t.bring} value={interview.bring} onChange={(bring) => onChange({ ...draft, interview: { ...interview, bring } })} />
          </div>
        </fieldset>
      ) : null}
      {card ? (
        <fieldset className="draft-group">
          <legend>{t.card}</legend>
          <div className="form-pair">
            <Form.Item label={t.since} htmlFor="draft-since"><DateField id="draft-since" value={card.since} onChange={(since) => onChange({ ...draft, card: { ...card, since } })} /></Form.Item>
            <Form.Item label={t.until} htmlFor="draft-until"><DateField id="draft-until" value={card.until} onChange={(until) => onChange({ ...draft, card: { ...card, until } })} /></Form.Item>
          </div>
          <div className="form-pair">
            <LineField id="draft-year" label={t.year} value={card.year} onChange={(year) => onChange({ ...draft, card: { ...card, year } })} />
            <LineField id="draft-result" label={t.result} value={card.result} onChange={(result) => onChange({ ...draft, card: { ...card, result } })} />
          </div>
        </fieldset>
      ) : null}
      {supervision ? (
        <fieldset className="draft-group">
          <legend>{t.supervision}</legend>
          <div className="form-pair">
            <LineField id="draft-matter" label={t.matterNumber} value={supervision.matterNumber} onChange={(matterNumber) => onChange({ ...draft, supervision: { ...supervision, matterNumber } })} />
            <LineField id="draft-source" label={t.source} value={supervision.source} onChange={(source) => onChange({ ...draft, supervision: { ...supervision, source } })} />
          </div>
          <div className="form-pair">
            <LineField id="draft-support" label={t.supportUnits} value={supervision.supportUnits} onChange={(supportUnits) => onChange({ ...draft, supervision: { ...supervision, supportUnits } })} />
            <Form.Item label={t.dueOn} htmlFor="draft-due"><DateField id="draft-due" value={supervision.dueOn} onChange={(dueOn) => onChange({ ...draft, supervision: { ...supervision, dueOn } })} /></Form.Item>
          </div>
        </fieldset>
      ) : null}
      {clarification ? (
        <fieldset className="draft-group">
          <legend>{t.clarification}</legend>
          <LineField id="draft-earlier" label={t.earlierNumber} value={clarification.earlierNumber} onChange={(earlierNumber) => onChange({ ...draft, clarification: { ...clarification, earlierNumber } })} />
          <Form.Item label={t.finding} htmlFor="draft-finding"><Input.TextArea id="draft-finding" value={clarification.finding} maxLength={20_000} autoSize={{ minRows: 3, maxRows: 10 }} onChange={(event) => onChange({ ...draft, clarification: { ...clarification, finding: event.target.value } })} /></Form.Item>
        </fieldset>
      ) : null}
    </>
  )
}
