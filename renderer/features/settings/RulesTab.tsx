/** 规则: conditions in words, their numbers, on or off; every change is a new version. */
import { App as AntApp, Drawer, Form, Input, InputNumber, Modal, Switch } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox, Shown } from '../../components/feedback.tsx'
import { EntryButton, LinkButton, Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { common } from '../../text/common.ts'
import { momentText, none } from '../../text/format.ts'
import { settingsText as t } from '../../text/settings.ts'

type Rule = OutputOf<'rules.list'>[number]

const paramName = (key: string): string => t.paramNames[key] ?? key
const paramsText = (params: Rule['params']): string => Object.entries(params).map(([key, value]) => `${paramName(key)} ${value}`).join('，')

export function RulesTab() {
  const rules = useCall('rules.list', {})
  const [editing, setEditing] = useState<Rule | null>(null)
  const [history, setHistory] = useState<string | null>(null)
  return (
    <div className="page-scroll">
      <p className="soft">{t.rulesIntro}</p>
      <Shown of={rules}>
        {(list) => (
          <Panel>
            <table className="table">
              <thead><tr><th>{t.rule}</th><th>{t.condition}</th><th>{t.measure}</th><th>{t.status}</th><th className="align-right">{t.version}</th><th>{common.action}</th></tr></thead>
              <tbody>
                {list.map((rule) => (
                  <tr key={rule.id} className={rule.enabled ? '' : 'row-void'}>
                    <td className="nowrap"><b>{rule.id}</b> {rule.title}</td><td className="cell-text">{rule.conditionText}</td><td className="nowrap">{rule.measure}</td>
                    <td className="nowrap"><StatusLight tone={rule.enabled ? 'done' : 'off'} text={rule.enabled ? t.on : t.off} /></td><td className="align-right">{rule.version}</td>
                    <td className="nowrap"><EntryButton entry="rules.save" size="small" onClick={() => setEditing(rule)}>{t.editRule}</EntryButton> <LinkButton onClick={() => setHistory(rule.id)}>{t.history}</LinkButton></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Panel>
        )}
      </Shown>
      {editing ? <RuleDialog rule={editing} onClose={() => setEditing(null)} /> : null}
      {history ? <RuleHistory id={history} onClose={() => setHistory(null)} /> : null}
    </div>
  )
}

function RuleDialog({ rule, onClose }: { readonly rule: Rule; readonly onClose: () => void }) {
  const [enabled, setEnabled] = useState(rule.enabled)
  const [params, setParams] = useState(rule.params)
  const [matter, setMatter] = useState(rule.matter)
  const [basis, setBasis] = useState(rule.basis)
  const [note, setNote] = useState('')
  const action = useAction()
  const { message } = AntApp.useApp()
  const save = async (): Promise<void> => {
    const answer = await action.run('rules.save', { id: rule.id, enabled, params, matter: matter.trim(), basis: basis.trim(), note: note.trim() })
    if (!answer.ok) return
    message.success(t.ruleSaved)
    onClose()
  }
  return (
    <Modal open title={t.ruleTitle(rule.id)} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: note.trim() === '' || matter.trim().length < 2 }}>
      <Form layout="vertical" className="dialog-body">
        <p>{rule.title}：{rule.conditionText}</p>
        <Form.Item label={t.enabled} htmlFor="rule-enabled"><Switch id="rule-enabled" checked={enabled} onChange={setEnabled} checkedChildren={t.on} unCheckedChildren={t.off} /></Form.Item>
        <div className="form-pair">
          {Object.entries(params).map(([key, value]) => <Form.Item key={key} label={paramName(key)} htmlFor={`rule-${key}`}><InputNumber id={`rule-${key}`} value={value} min={0} max={1000} onChange={(next) => next !== null && setParams((now) => ({ ...now, [key]: next }))} /></Form.Item>)}
        </div>
        <Form.Item label={t.matter} htmlFor="rule-matter"><Input id="rule-matter" value={matter} maxLength={200} onChange={(event) => setMatter(event.target.value)} /></Form.Item>
        <Form.Item label={t.basis} htmlFor="rule-basis"><Input.TextArea id="rule-basis" value={basis} maxLength={20_000} autoSize={{ minRows: 2, maxRows: 8 }} onChange={(event) => setBasis(event.target.value)} /></Form.Item>
        <Form.Item label={t.ruleNote} htmlFor="rule-note" extra={t.ruleNoteHint}><Input id="rule-note" value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} /></Form.Item>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}

function RuleHistory({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const history = useCall('rules.history', { id })
  return (
    <Drawer open size={560} title={t.historyTitle(id)} onClose={onClose}>
      <Shown of={history}>
        {(versions) => (
          <ul className="records">
            {versions.map((one) => (
              <li key={one.version}><b>{t.version} {one.version}</b>　{one.at > 0 ? momentText(one.at) : ''}　{one.author}　<StatusLight tone={one.enabled ? 'done' : 'off'} text={one.enabled ? t.on : t.off} /><p>{one.conditionText}</p><p className="soft">{[paramsText(one.params), one.note].filter(Boolean).join('　') || none}</p></li>
            ))}
          </ul>
        )}
      </Shown>
    </Drawer>
  )
}
