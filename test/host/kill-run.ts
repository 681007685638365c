/** `node kill-run.ts IMPORTS EXPORTS BACKUPS [SEED]` (npm run proof:kills): prints one line each, and one of an import that is killed before every step; a broken rule ends it with an error that names the moment. */
import { killBackups, killExports, killImports, killSteps, killWorld } from './kills.ts'
import { clean } from './store.ts'

const [, , imports = '200', exports = '50', backups = '20', seed = String(Date.now())] = process.argv
try {
  const world = await killWorld()
  process.stdout.write(`seed ${seed}\n`)
  process.stdout.write(`import ${JSON.stringify(await killImports(world, Number(imports), seed))}\n`)
  process.stdout.write(`every step ${JSON.stringify(await killSteps(world, false))}\n`)
  process.stdout.write(`export ${JSON.stringify(await killExports(world, Number(exports), seed))}\n`)
  process.stdout.write(`backup ${JSON.stringify(await killBackups(world, Number(backups), seed))}\n`)
} finally {
  clean()
}
