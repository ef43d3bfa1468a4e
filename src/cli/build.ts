import type { Command } from 'commander'

import { buildOnce } from '../server/buildOnce.ts'

/** `tributary build` */
export const addBuild = (program: Command): void => {
  program
    .command('build')
    .description('build for production, unless the sources are unchanged since the last time')
    .action(async () => {
      const wasBuilt = await buildOnce()
      console.log(wasBuilt ? 'Built.' : 'The build is up to date.')
    })
}
