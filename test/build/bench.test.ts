/** `npm run bench` takes every file of its folder by one name. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..', '..', 'build', 'bench')

test.each(readdirSync(folder).filter((file) => file.endsWith('.ts')))('%s has what the runner calls', async (file) => {
  const { bench } = (await import(join(folder, file))) as { readonly bench?: unknown }
  expect(bench).toBeTypeOf('function')
})
