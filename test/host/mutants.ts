/** Named breakages of the exchange's protocol, as changes of one place of the source each. What a mutant breaks, the model must notice (mutants.test.ts). */
export type Mutant = { readonly name: string; readonly file: string; readonly find: string; readonly replace: string }

export const mutants: readonly Mutant[] = [
  { name: 'last writer wins, whatever it knew', file: 'electron/store/log/merge-rows.ts', find: 'live: !replaced, incoming', replace: 'live: !replaced && !entries.some((one) => one.live && one.reg === incoming.reg), incoming' },
  { name: 'a change is known by origin and number alone', file: 'electron/store/log/apply.ts', find: 'if (log.nOf(change.id) !== undefined) return', replace: `if (log.nOf(change.id) !== undefined || log.db.prepare('SELECT 1 FROM change WHERE origin = ? AND scope = ? AND seq = ?').get(change.origin, change.scope, change.seq)) return` },
  { name: 'vectors without the hash of the head', file: 'shared/merge/to-send.ts', find: 'if (!knows(tip))', replace: 'if (false)' },
  { name: 'a forked lane is not sent whole', file: 'shared/merge/to-send.ts', find: 'if (isForked(ours) || isForked(theirs))', replace: 'if (false)' },
  { name: 'no tie-break: the write that came first is shown', file: 'shared/merge/survivors.ts', find: 'compareClocks(a.clock, b.clock) || compareText(a.origin, b.origin) || compareText(a.id, b.id)', replace: '0' },
  { name: 'a removal takes edits along that it did not know', file: 'shared/merge/survivors.ts', find: 'if (!known.has(id)) return false', replace: 'void known, void id' },
  { name: 'what waits for its predecessor is applied', file: 'electron/store/log/apply.ts', find: 'log.nOf(change.prev) === undefined && !log.isGivenUp(change.prev, change.scope)', replace: 'false' },
  { name: 'a machine that was put back keeps its origin', file: 'electron/services/exchange/identity.ts', find: "else if (state !== 'same') beginEpoch(place)", replace: '' },
  { name: 'what a second thread took apart forgets what it replaces', file: 'electron/services/exchange/ahead-blocks.ts', find: 'named > 0 ? preds(named) : null', replace: 'named > 0 && preds(named).length > 99 ? [] : null' },
]
