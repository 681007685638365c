/** The sample year in the project's own copy, and the account that tests log in with. Imports nothing of the test runner. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const sampleDir = fileURLToPath(new URL('../fixtures/sample/', import.meta.url))
export const sampleFiles: readonly string[] = readdirSync(sampleDir).filter((name) => name !== 'expected.json').sort()
export const firstAccount = { id: '01920000-0000-7000-8000-000000000001', name: '管理员', password: 'kao-he-2026!' }
