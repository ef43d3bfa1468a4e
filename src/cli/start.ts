import type { Command } from 'commander'

import { prepareEnvironment } from '../server/prepareEnvironment.ts'
import { untilStopped } from './untilStopped.ts'

/** `tributary start web` */
export const addStart = (program: Command): void => {
  const start = program.command('start').description('run a process of the product')
  start
    .command('web')
    .description('admin, REST, GraphQL and the edge routes; needs a build')
    .action(() => serve({ isDevelopment: false }))
}

/** Starts the web process and serves until it is told to stop. */
export const serve = async (options: { isDevelopment: boolean }): Promise<void> => {
  const { release } = await prepareEnvironment()
  try {
    const { startWeb } = await import('../server/web.ts')
    const web = await startWeb(options)
    process.send?.({ listening: web.url })
    await untilStopped()
    await web.close()
  } finally {
    await release()
  }
  // Next leaves timers of its own behind.
  process.exit()
}
