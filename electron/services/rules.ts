/** The office's rules: the defaults of shared/domain/rules, and over them what the office has changed. */
import { defaultRules } from '../../shared/domain/rules/defaults.ts'
import { measureNames, reportKindOf, ruleDefinitionSchema, type RuleDefinition } from '../../shared/domain/rules/definition.ts'
import { conditionParams, conditionText, withParams } from '../../shared/domain/rules/condition-text.ts'
import { attempt, err, ok, Refusal, type Result } from '../../shared/result.ts'
import { registerHistory } from '../store/queries/history.ts'
import { ruleRows } from '../store/queries/rules.ts'
import type { ReadDb } from '../store/read-db.ts'
import type { OpenContext } from './context.ts'

type StoredRule = { readonly definition: RuleDefinition; readonly note: string | null }
export type RuleView = {
  id: string; version: number; enabled: boolean; builtIn: boolean; title: string; kind: string
  measure: string; matter: string; basis: string; params: Record<string, number>; conditionText: string; note: string | null
}

/** All rules in force or switched off, by id. A row that this version cannot read leaves the default in place. */
function storedRules(db: ReadDb): Map<string, StoredRule> {
  const rules = new Map<string, StoredRule>(defaultRules.map((definition) => [definition.id, { definition, note: null }]))
  for (const row of ruleRows(db)) {
    const parsed = ruleDefinitionSchema.safeParse(row.definition)
    if (parsed.success) rules.set(row.id, { definition: parsed.data, note: row.note })
  }
  return rules
}

/** For the engine: every rule, switched-off ones too. */
export function readRules(db: ReadDb): RuleDefinition[] {
  return [...storedRules(db).values()].map((rule) => rule.definition).sort((a, b) => (a.id < b.id ? -1 : 1))
}

function view({ definition, note }: StoredRule): RuleView {
  const { id, version, enabled, title, condition, measure, matter, basis } = definition
  return {
    id, version, enabled, builtIn: defaultRules.some((rule) => rule.id === id), title, kind: reportKindOf(condition) ?? 'letters',
    measure: measureNames[measure], matter, basis, params: conditionParams(condition), conditionText: conditionText(condition), note,
  }
}

export function listRules({ store }: OpenContext): Result<RuleView[]> {
  const rules = store.read(storedRules)
  return ok([...rules.values()].sort((a, b) => (a.definition.id < b.definition.id ? -1 : 1)).map(view))
}

export type RuleEdit = { id: string; enabled: boolean; params: Record<string, number>; matter: string; basis: string; note: string }

/** Every edit is the next version; proposals keep theirs. NOT_FOUND, RULE_BAD_PARAMS {fields}. */
export function saveRule(edit: RuleEdit, { store, account }: OpenContext): Result<RuleView> {
  return attempt(() => {
    const saved = store.write({ kind: 'rules.save', author: account.id, note: edit.note }, (tx) => {
      const before = storedRules(tx).get(edit.id)?.definition
      if (!before) throw new Refusal('NOT_FOUND', { what: 'rule' })
      const condition = withParams(before.condition, edit.params)
      const parsed = ruleDefinitionSchema.safeParse({ ...before, version: before.version + 1, enabled: edit.enabled, condition, matter: edit.matter, basis: edit.basis })
      if (!parsed.success) throw new Refusal('RULE_BAD_PARAMS', { id: edit.id, fields: [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))] })
      const definition = parsed.data
      tx.put('rule', edit.id, 'definition', { version: definition.version, enabled: definition.enabled, definition, note: edit.note })
      return { definition, note: edit.note }
    })
    return view(saved)
  })
}

export type RuleVersion = RuleView & { at: number; author: string }

/** Newest first; the default that came with the program last, at 0 and without an author. */
export function ruleHistory(id: string, { store }: OpenContext): Result<RuleVersion[]> {
  const versions = store.read((db) => registerHistory(db, 'rule', id, 'definition')).flatMap((write): RuleVersion[] => {
    const parsed = ruleDefinitionSchema.safeParse(write.value.definition)
    return parsed.success ? [{ ...view({ definition: parsed.data, note: write.value.note }), at: write.at, author: write.author }] : []
  })
  const builtIn = defaultRules.find((rule) => rule.id === id)
  if (builtIn) versions.push({ ...view({ definition: builtIn, note: null }), at: 0, author: '' })
  return versions.length > 0 ? ok(versions) : err('NOT_FOUND', { what: 'rule' })
}
