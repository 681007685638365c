/** `node kill-run.ts IMPORTS EXPORTS [SEED]` (npm run proof:kills): prints one line each; a broken rule ends it with an error that names the moment. */
import { killExports, killImports, killWorld } from './kills.ts'
import { clean } from './store.ts'

const [, , imports = '200', exports = '50', seed = String(Date.now())] = process.argv
try {
  const world = await killWorld()
  process.stdout.write(`seed ${seed}\n`)
  process.stdout.write(`import ${JSON.stringify(await killImports(world, Number(imports), seed))}\n`)
  process.stdout.write(`export ${JSON.stringify(await killExports(world, Number(exports), seed))}\n`)
} finally {
  clean()
}
