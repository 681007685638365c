/** What breaks the protocol is noticed by the model: each mutant in a process of its own, over the told stories first and then random ones. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { mutants } from '../../../host/mutants.ts'

const script = fileURLToPath(new URL('../../../host/model-run.ts', import.meta.url))

test('there are enough of them', () => {
  expect(new Set(mutants.map((one) => one.name)).size).toBeGreaterThanOrEqual(8)
})

test.for(mutants)('$name', ({ name }) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '40', '1', name], { encoding: 'utf8' })
  expect([status, stderr], `${stdout}${stderr}`).toEqual([3, ''])
  expect((JSON.parse(stdout) as { broken: string }).broken).toMatch(/^(diverged|conflicts|parked|lost|shown|removed|kept|survivors|rebuilt|epoch)$/)
})
