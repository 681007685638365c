/**
 * The synced business tables as registers (exchange.md section 1): a register groups fields that mean one thing and is written and merged whole.
 * The projection keeps one SQL table per entry with the columns of all its registers, plus `id`, `scope` and `deleted`.
 */

/** text/int/real/bool/json as stored; `json` columns hold canonical JSON text and reach the callers parsed. */
export type ColumnType = 'text' | 'int' | 'real' | 'bool' | 'json'

/** How two different survivors are treated (exchange.md section 2). */
export type ConflictClass = 'auto' | 'review' | 'hard'

export type RegisterSpec = { readonly conflict: ConflictClass; readonly columns: Readonly<Record<string, ColumnType>> }
export type TableSpec = Readonly<Record<string, RegisterSpec>>

const defineTables = <const T extends Readonly<Record<string, TableSpec>>>(tables: T): T => tables

export const tables = defineTables({
  /** Derived id: unit key. */
  unit: {
    identity: { conflict: 'hard', columns: { name: 'text', kind: 'text' } },
    /** `aliases`: string[] beyond name and short name. */
    names: { conflict: 'auto', columns: { shortName: 'text', aliases: 'json', orderNo: 'int' } },
  },
  /** Derived id: official key. */
  official: {
    identity: { conflict: 'hard', columns: { name: 'text', gender: 'text', birth: 'text' } },
    contact: { conflict: 'auto', columns: { phone: 'text', note: 'text' } },
    /** 合并为同一人: the official that this one turned out to be; null again when taken back. */
    joined: { conflict: 'hard', columns: { joinedInto: 'text' } },
  },
  /** Derived id: official × unit × title × from. Dates YYYY-MM-DD or YYYY-MM; `until` null = still in post. */
  post: {
    post: {
      conflict: 'hard',
      columns: { officialId: 'text', unitId: 'text', title: 'text', rank: 'text', isHead: 'bool', portfolio: 'text', since: 'text', until: 'text' },
    },
  },
  /** One imported file (UUIDv7). `sha256`, `errorsSha256`: blobs of the file and of its copy with 错误原因; `refusedRows`: the first of them, see services/bulletins. */
  bulletin: {
    file: {
      conflict: 'auto',
      columns: {
        kind: 'text', period: 'text', sender: 'text', title: 'text', fileName: 'text', sha256: 'text', bytes: 'int', accepted: 'int', skipped: 'int', refused: 'int',
        refusedRows: 'json', errorsSha256: 'text', headerRows: 'json', warnings: 'json', correctionOf: 'text', importedOn: 'int', importedBy: 'text',
      },
    },
    state: { conflict: 'auto', columns: { undone: 'bool', undoReason: 'text' } },
  },
  /** Derived id: kind, period, unit, official, item. The newest correction is the shown value; older ones stay in the log. */
  report: {
    content: {
      conflict: 'review',
      columns: { kind: 'text', period: 'text', unitId: 'text', officialId: 'text', item: 'text', figures: 'json', remark: 'text' },
    },
    provenance: { conflict: 'auto', columns: { bulletinId: 'text', sheet: 'text', sheetRow: 'int', version: 'int' } },
  },
  /** Id = rule id (R1 …). `definition`: RuleDefinition of shared/domain/rules. */
  rule: {
    definition: { conflict: 'review', columns: { version: 'int', enabled: 'bool', definition: 'json', note: 'text' } },
  },
  /** Derived id: proposalKey of shared/domain/rules. `aboutLetterId`: the overdue letter that R7 is about. `foundOn`: the day that the rules looked at. */
  proposal: {
    finding: {
      conflict: 'review',
      columns: {
        ruleId: 'text', ruleVersion: 'int', period: 'text', unitId: 'text', officialId: 'text', item: 'text', measure: 'text', matter: 'text',
        cause: 'text', basis: 'text', facts: 'json', reportIds: 'json', aboutLetterId: 'text', foundOn: 'text',
      },
    },
    /** The person filled in by hand where the finding named nobody. */
    addressee: { conflict: 'review', columns: { addresseeId: 'text' } },
    /** state: open | accepted | declined | merged | withdrawn (the rows no longer fire). */
    decision: { conflict: 'hard', columns: { state: 'text', reason: 'text', letterId: 'text', decidedBy: 'text', decidedOn: 'text' } },
  },
  /** UUIDv7. `content`: LetterDraft of the contract, what a person edits. `draftedBy`: who wrote the present text (an edit changes it). */
  letter: {
    draft: {
      conflict: 'auto',
      columns: {
        type: 'text', unitId: 'text', officialId: 'text', matter: 'text', cause: 'text', content: 'json', proposalIds: 'json', draftedBy: 'text',
        stepReason: 'text', earlierLetterId: 'text', replyDays: 'int',
      },
    },
    /** decision: submitted | passed | returned. */
    check: { conflict: 'hard', columns: { checkState: 'text', checkedBy: 'text', checkNote: 'text' } },
    /** Number, date, signer and the frozen paper belong together. `frozen`: FrozenLetter of services/letters, i.e. LetterContent with the names as issued. */
    issue: {
      conflict: 'hard',
      columns: { number: 'text', series: 'text', year: 'int', seq: 'int', issuedOn: 'text', issuedBy: 'text', frozen: 'json', template: 'text' },
    },
    /** First served; the rows of `delivery` have the details. */
    due: { conflict: 'review', columns: { replyDue: 'text', replyDueBasis: 'text' } },
    void: { conflict: 'hard', columns: { voidedOn: 'text', voidedBy: 'text', voidReason: 'text' } },
    close: { conflict: 'hard', columns: { closedOn: 'text', closedBy: 'text', conclusion: 'text' } },
    print: { conflict: 'auto', columns: { printedOn: 'text', printedBy: 'text' } },
    /** 谈话记录 of a 约谈通知书. `minutes`: LetterMinutes of the contract; `heldOn`, `followUpOn`: days. */
    minutes: { conflict: 'hard', columns: { heldOn: 'text', minutes: 'json', followUpOn: 'text' } },
  },
  /** Derived id: series, year, seq; so two machines that took one number meet in one row (hard conflict). */
  number: {
    holder: { conflict: 'hard', columns: { series: 'text', year: 'int', seq: 'int', letterId: 'text', use: 'text', reason: 'text' } },
  },
  /** Id = the series. Who gives its numbers: one epoch of one machine, so that neither a copy nor a database put back goes on counting by itself. */
  numberAuthority: { authority: { conflict: 'hard', columns: { device: 'text', origin: 'text', since: 'text', appointedBy: 'text' } } },
  /** UUIDv7. Numbers `fromSeq` to `toSeq` that one epoch of another machine may give; closed when it needs them no more (the unused ones become 空号). */
  numberLease: {
    lease: { conflict: 'hard', columns: { series: 'text', year: 'int', fromSeq: 'int', toSeq: 'int', device: 'text', origin: 'text', grantedOn: 'text', grantedBy: 'text' } },
    close: { conflict: 'hard', columns: { closedOn: 'text', closedBy: 'text' } },
  },
  /**
   * 批量签发 (UUIDv7). `sets`: letter ids in the order of the numbers, those that must be issued together in one inner list; `done`: how many sets were dealt
   * with, written in the very change that issues them; `refused`: {letterId, code, params}[].
   */
  batch: {
    plan: { conflict: 'auto', columns: { sets: 'json', date: 'text', startedBy: 'text', startedOn: 'int' } },
    progress: { conflict: 'auto', columns: { done: 'int', refused: 'json', finishedOn: 'int' } },
    print: { conflict: 'auto', columns: { printedOn: 'text', printedBy: 'text' } },
  },
  /** 句库. Id of a built-in sentence (its own wording, or `hidden`), or UUIDv7. `type` null: for every type. */
  sentence: { sentence: { conflict: 'auto', columns: { type: 'text', part: 'text', text: 'text', hidden: 'bool' } } },
  /** An office's own .docx for a type of letter (UUIDv7). Versions are kept: a letter names the one that it was made with. */
  template: {
    file: { conflict: 'auto', columns: { type: 'text', version: 'int', fileName: 'text', sha256: 'text', note: 'text', addedOn: 'int', addedBy: 'text' } },
    state: { conflict: 'auto', columns: { active: 'bool' } },
  },
  /** Insert-only facts (UUIDv7 rows written once). Times are ISO texts that a person typed. */
  delivery: {
    fact: {
      conflict: 'hard',
      columns: { letterId: 'text', deliveredAt: 'text', receiver: 'text', relation: 'text', method: 'text', place: 'text', server: 'text', note: 'text' },
    },
  },
  reply: {
    fact: { conflict: 'hard', columns: { letterId: 'text', receivedOn: 'text', summary: 'text', form: 'text' } },
    judgement: { conflict: 'hard', columns: { verdict: 'text', verdictOn: 'text', verdictBy: 'text', verdictNote: 'text' } },
  },
  extension: {
    fact: { conflict: 'hard', columns: { letterId: 'text', askedOn: 'text', newDue: 'text', reason: 'text', approvedBy: 'text' } },
  },
  /**
   * 复核. Derived id: letter and how many requests it had before, so that one request entered on two machines is one row. `askedBy`: who asks, as written;
   * `dueOn`: the last day for the decision. outcome: 维持 | 变更 | 撤销.
   */
  recheck: {
    fact: { conflict: 'hard', columns: { letterId: 'text', askedOn: 'text', askedBy: 'text', grounds: 'text', dueOn: 'text', enteredBy: 'text' } },
    decision: { conflict: 'hard', columns: { outcome: 'text', decidedOn: 'text', decidedBy: 'text', decisionReason: 'text' } },
  },
  /** 黄牌. Lifted by a later write of `lift`. */
  card: {
    card: { conflict: 'hard', columns: { unitId: 'text', colour: 'text', basis: 'text', since: 'text', until: 'text', letterId: 'text' } },
    lift: { conflict: 'hard', columns: { liftedOn: 'text', liftedBy: 'text', liftReason: 'text' } },
  },
  /** Scans. `ownerId` is a reply or a recheck; the bytes lie in blobs/ab/<hex>. */
  attachment: {
    fact: { conflict: 'auto', columns: { ownerId: 'text', fileName: 'text', mime: 'text', size: 'int', sha256: 'text' } },
  },
  /** Id = key of the setting. */
  setting: { value: { conflict: 'auto', columns: { value: 'json' } } },
  /** Id = year. Holidays and extra workdays typed in or imported where the built-in calendar ends. */
  calendarYear: { days: { conflict: 'review', columns: { year: 'int', holidays: 'json', extraWorkdays: 'json' } } },
  /** Id = sender and kind. The remembered columns of a sender's workbook. */
  mapping: { value: { conflict: 'auto', columns: { sender: 'text', kind: 'text', columns: 'json' } } },
  /**
   * Id = the device's 32 hex digits. `certificate`, `revocation`: statements that the group's root signed (services/exchange/keys); a row counts for nothing
   * without them, and a revocation cannot be taken back: the machine is enrolled anew. `coverage`: the lanes of the machine that count (services/exchange/revoked.ts).
   */
  device: {
    certificate: { conflict: 'auto', columns: { name: 'text', scopes: 'json', certificate: 'json' } },
    revoked: { conflict: 'auto', columns: { revocation: 'json', revokedOn: 'text', revokedBy: 'text', revokeReason: 'text' } },
    covered: { conflict: 'auto', columns: { coverage: 'json' } },
  },
  /** Id = the lost change's (64 hex digits): numbers `fromSeq` to `toSeq` of a lane that an administrator gave up (gap_ack). What came behind them counts from then on. */
  gapAck: { ack: { conflict: 'auto', columns: { laneOrigin: 'text', laneScope: 'text', fromSeq: 'int', toSeq: 'int', reason: 'text', givenUpOn: 'text', givenUpBy: 'text' } } },
  /** UUIDv7. The password lives in the key slots of this machine, never here. */
  account: { account: { conflict: 'hard', columns: { name: 'text', roles: 'json', disabled: 'bool' } } },
})

export type TableName = keyof typeof tables
export type RegisterName<T extends TableName> = Extract<keyof (typeof tables)[T], string>

type Value<C> = C extends 'text' ? string | null : C extends 'int' | 'real' ? number | null : C extends 'bool' ? boolean | null : unknown

type RegisterColumns<T extends TableName, R extends RegisterName<T>> = (typeof tables)[T][R] extends { readonly columns: infer C } ? C : never

/** The whole value of a register: every column is named, null where empty. */
export type RegisterValue<T extends TableName, R extends RegisterName<T>> = {
  readonly [C in keyof RegisterColumns<T, R>]: Value<RegisterColumns<T, R>[C]>
}

/** What every machine of the group needs, whatever units it sees: 'shared', when a machine that sees everything writes it. */
export const sharedTables: ReadonlySet<TableName> = new Set(['unit', 'calendarYear', 'rule', 'sentence', 'template', 'device', 'numberAuthority', 'numberLease'])
/** What is no single unit's: nobody writes it into a unit's lane. */
export const officeTables: ReadonlySet<string> = new Set([...sharedTables, 'setting', 'mapping', 'bulletin', 'batch'])
/** Rows of the office beside rows of units, in one table: where the office wrote a row, units' lanes cannot change it (shared/merge/authority.ts). */
export const ownedTables: ReadonlySet<string> = new Set(['account'])
/** What a machine that sees some units only writes into the first of them, so that the offices learn who wrote and which numbers are used. */
export const homeTables: ReadonlySet<TableName> = new Set(['account', 'number'])
