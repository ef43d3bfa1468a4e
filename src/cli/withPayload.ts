import type { Payload } from 'payload'

import { closePayload } from '../database/pool.ts'
import { prepareEnvironment } from '../server/prepareEnvironment.ts'

/** Runs a command that needs the product's data, and closes everything that it opened. */
export const withPayload = async <Result>(
  work: (payload: Payload) => Promise<Result>,
): Promise<Result> => {
  const { release } = await prepareEnvironment()
  try {
    const { default: config } = await import('../../payload.config.ts')
    const { getPayload } = await import('payload')
    const payload = await getPayload({ config })
    try {
      return await work(payload)
    } finally {
      await closePayload(payload)
    }
  } finally {
    await release()
  }
}
