import type { Endpoint } from 'payload'

import { addMethod } from './addMethod.ts'
import { confirmMethod } from './confirmMethod.ts'
import { removeMethod } from './removeMethod.ts'
import { sendMethodCode } from './sendMethodCode.ts'

export type MethodOptions = {
  /** Multiplies the limits on adding and confirming methods; null switches them off. */
  rateLimitFactor: number | null
}

/** The routes of `payout-methods`, for members: staff neither add nor confirm methods of others. */
export const methodEndpoints = (options: MethodOptions): Endpoint[] => [
  addMethod(options),
  sendMethodCode(options),
  confirmMethod(options),
  removeMethod(options),
]
