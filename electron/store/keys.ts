/** The key slots of an open folder. scrypt runs first, then the file is read, changed and replaced under the database's write lock. */
import { attempt, err, ok, Refusal, type Result } from '../../shared/result.ts'
import type { KeySlots } from './data-folder.ts'
import { attemptAsync } from './attempt-async.ts'
import { whenFree } from './busy.ts'
import { readKeyFile, unwrapKey, wrapKey, writeKeyFile, type KeyFile, type Slot } from './key-file.ts'
import { makeRecoveryCode } from './recovery-code.ts'
import type { StoreEnv } from './store.ts'

/** `locked` keeps two processes from replacing each other's slots. */
export type KeySlotsParts = { readonly dir: string; readonly key: Uint8Array; readonly env: StoreEnv; readonly locked: <T>(work: () => T) => T }

/** Accounts are told apart by name at the log-in screen. */
export function sameName(a: string, b: string): boolean {
  return a.normalize('NFKC') === b.normalize('NFKC')
}

export function purposeOf(account: string): string {
  return `account:${account}`
}

/** Finds the slot and opens it. WRONG_PASSWORD also where no slot has that name. */
export async function openSlot(file: KeyFile, name: string, password: string): Promise<Result<{ readonly account: string; readonly key: Buffer }>> {
  const slot = file.slots.find((one) => sameName(one.name, name))
  const key = slot && (await unwrapKey(slot, password, file.group, purposeOf(slot.account)))
  return slot && key ? ok({ account: slot.account, key }) : err('WRONG_PASSWORD')
}

export function makeKeySlots({ dir, key, env, locked }: KeySlotsParts): KeySlots {
  /** `change` gives the new slots, or a refusal. */
  const update = (change: (slots: readonly Slot[]) => Result<readonly Slot[]>): Result<null> =>
    locked(() => {
      const file = readKeyFile(dir)
      const slots = change(file.slots)
      if (!slots.ok) return slots
      writeKeyFile(dir, { ...file, slots: [...slots.value] }, env)
      return ok(null)
    })
  /** For what has done other work before, which must not be done again. */
  const updateWhenFree = (change: Parameters<typeof update>[0]): Promise<Result<null>> => 
    whenFree(() => {
      const tried = attempt(() => update(change))
      return tried.ok ? tried.value : tried
    })
  const group = (): string => readKeyFile(dir).group
  const taken = (slots: readonly Slot[], name: string): boolean => slots.some((one) => sameName(one.name, name))

  return {
    list: () => readKeyFile(dir).slots.map(({ account, name }) => ({ account, name })),
    add: (account, name, password) =>
      attemptAsync(async () => {
        const wrapped = await wrapKey(key, password, group(), purposeOf(account), env)
        return updateWhenFree((slots) =>
          taken(slots, name) || slots.some((one) => one.account === account) ? err('ACCOUNT_EXISTS') : ok([...slots, { ...wrapped, account, name }]))
      }),
    remove: (account) =>
      update((slots) => {
        const rest = slots.filter((one) => one.account !== account)
        if (rest.length === slots.length) return err('NOT_FOUND', { what: 'account' })
        return rest.length === 0 ? err('LAST_ADMIN') : ok(rest)
      }),
    rename: (account, name) =>
      update((slots) => {
        if (!slots.some((one) => one.account === account)) return err('NOT_FOUND', { what: 'account' })
        if (taken(slots.filter((one) => one.account !== account), name)) return err('ACCOUNT_EXISTS')
        return ok(slots.map((one) => (one.account === account ? { ...one, name } : one)))
      }),
    setPassword: (account, password) =>
      attemptAsync(async () => {
        const wrapped = await wrapKey(key, password, group(), purposeOf(account), env)
        return updateWhenFree((slots) =>
          slots.some((one) => one.account === account)
            ? ok(slots.map((one) => (one.account === account ? { ...one, ...wrapped } : one)))
            : err('NOT_FOUND', { what: 'account' }))
      }),
    check: (name, password) =>
      attemptAsync(async () => {
        const opened = await openSlot(readKeyFile(dir), name, password)
        return opened.ok ? ok(opened.value.account) : opened
      }),
    newRecoveryCode: async () => {
      const code = makeRecoveryCode(env.random)
      const recovery = await wrapKey(key, code, group(), 'recovery', env)
      const written = await whenFree(() => attempt(() => locked(() => writeKeyFile(dir, { ...readKeyFile(dir), recovery }, env))))
      if (!written.ok) throw new Refusal(written.error.code, written.error.params)
      return code
    },
  }
}
