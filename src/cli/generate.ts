import type { Command } from 'commander'

import { generateFiles } from '../server/generateFiles.ts'

/** `tributary generate [--check]` */
export const addGenerate = (program: Command): void => {
  program
    .command('generate')
    .description('write the generated files: types, import map, GraphQL schema')
    .option('--check', 'change nothing; exit code 1 when one is stale or a migration is missing')
    .action(async ({ check = false }: { check?: boolean }) => {
      const stale = await generateFiles({ checkOnly: check })
      if (!check) return
      for (const what of stale) console.error(`Stale: ${what}`)
      if (stale.length > 0) process.exitCode = 1
      else console.log('The generated files are up to date.')
    })
}
