/** kill -9 while a package is taken in: the whole package or nothing, and the next try works. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { again, author, clean, unitValue } from '../../../host/store.ts'
import { copyOf, firstOffice, nextOffice, put, take } from '../../../host/exchange-office.ts'

afterEach(clean)
const child = join(import.meta.dirname, '..', '..', '..', 'host', 'receive-child.ts')

/** Kills `after` ms behind `ready`; never when it is done before. */
function receiveKilled(dir: string, key: Uint8Array, file: string, after: number): Promise<string> {
  return new Promise((resolve) => {
    const running = spawn(process.execPath, [child, dir, Buffer.from(key).toString('hex'), file], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    running.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (out === '') setTimeout(() => running.kill('SIGKILL'), after)
      out += text
    })
    running.on('close', () => resolve(out))
  })
}

test('a killed import leaves the database as it was or as it will be', async () => {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  a.folder.store.write({ kind: 'units.save', author }, (tx) => {
    for (let at = 0; at < 3000; at++) tx.put('unit', tx.newId(), 'identity', unitValue(`单位${at}`))
  })
  const file = await put(a)
  const before = b.folder.store.digest()
  const whole = copyOf(b, '对照', false)
  await take(whole, file)
  const after = whole.folder.store.digest()
  expect(after).not.toEqual(before)
  for (const delay of [5, 40, 90, 150, 220, 320]) {
    const victim = copyOf(b, `第${delay}`, false)
    victim.folder.store.close()
    const out = await receiveKilled(victim.folder.dir, victim.folder.key, file, delay)
    const opened = again(victim.folder)
    const found = opened.store.digest()
    expect([before, after]).toContainEqual(found)
    if (out.includes('done')) expect(found).toEqual(after)
    expect(opened.store.verify()).toEqual({ ok: true, problems: [] })
    await take({ ...victim, folder: { ...opened, store: opened.store } }, file)
    expect(opened.store.digest()).toEqual(after)
    opened.store.close()
  }
}, 300_000)
