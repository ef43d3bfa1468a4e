import { type Command, InvalidArgumentError } from 'commander'

import { waitForStop } from './waitForStop.ts'

/** `tributary simulator` */
export const addSimulator = (program: Command): void => {
  program
    .command('simulator')
    .description(
      'simulated messaging, network and payout providers, with pages that show messages and orders',
    )
    .option('--port <port>', 'where to listen; 0 takes a free one', parsePort, 4010)
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .action(async (options: { host: string; port: number }) => {
      const { startSimulator } = await import('../simulator/startSimulator.ts')
      const simulator = await startSimulator(options)
      if (process.send) process.send({ url: simulator.url })
      else console.log(`Listening on ${simulator.url}; Ctrl-C ends it.`)
      await waitForStop()
      await simulator.close()
    })
}

const parsePort = (text: string): number => {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new InvalidArgumentError('A port is a number up to 65535.')
}
