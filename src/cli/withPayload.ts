import type { Payload } from 'payload'

import { closePayload } from '../server/closePayload.ts'
import { prepareEnvironment } from '../server/prepareEnvironment.ts'

/** Runs a command that needs the product's data, and leaves nothing running behind it. */
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
