import type { z } from 'zod'

import type { NetworkEnv } from '../networkSettings.ts'
import type { TokenStore } from './admitad/types.ts'
import type { HttpSettings } from './http/types.ts'
import { NetworkError } from './NetworkError.ts'
import { requestsPerMinute } from './parts/fields.ts'
import { statementMapping } from './statementMapping.ts'
import type { Network } from './types.ts'

/** What whoever opens a network brings along: its rate limit, where tokens are kept. */
export type Wiring = TokenStore & Pick<HttpSettings, 'beforeRequest' | 'rest' | 'rateLimitMs'>

/** What one adapter is to those who know none by name. */
export type Adapter = {
  /** For people. */
  label: string
  /** The settings of the environment that hold its credentials. */
  credentials: readonly (keyof NetworkEnv)[]
  /** Those of them without which it cannot be asked; the rest are optional. */
  needs: readonly (keyof NetworkEnv)[]
  /** Whether the environment has what asking it takes; links and files are read without. */
  isConfigured: (env: NetworkEnv) => boolean
  /** What an admin may set for an account; each has a default, here or in the environment. */
  settings: z.ZodType
  /** @throws NetworkError `network.refused` the settings are not in this form */
  open: (options: { env: NetworkEnv; settings?: unknown; wiring?: Wiring }) => Network
}

type Definition<Settings extends z.ZodObject> = Omit<
  Adapter,
  'isConfigured' | 'open' | 'settings'
> & {
  settings: Settings
  open: (options: { env: NetworkEnv; settings: z.output<Settings>; wiring: Wiring }) => Network
}

/**
 * Ties an adapter's settings to its factory, so that the list of adapters needs no types. Any
 * account may also say what is where in its network's payment statements, and any that is asked how
 * often it may be.
 */
export const adapter = <Settings extends z.ZodObject>(
  definition: Definition<Settings>,
): Adapter => {
  const { needs, open, settings: own, ...rest } = definition
  const schema = own.extend({
    statement: statementMapping.optional(),
    ...(needs.length > 0 ? { requestsPerMinute: requestsPerMinute.optional() } : {}),
  })
  const missingIn = (env: NetworkEnv) => needs.filter((name) => !env[name])
  return {
    ...rest,
    needs,
    settings: schema,
    isConfigured: (env) => missingIn(env).length === 0,
    open: ({ env, settings = {}, wiring = {} }) => {
      const read = schema.safeParse(settings ?? {})
      if (!read.success) throw wrongSettings(read.error)
      const opened = open({ env, settings: read.data as z.output<Settings>, wiring })
      const network = atPace(opened, read.data)
      const missing = missingIn(env)
      return missing.length === 0 ? network : { ...network, listSales: notConfigured(missing) }
    },
  }
}

const atPace = (network: Network, settings: { requestsPerMinute?: number }): Network => {
  const { capabilities } = network
  const pace = settings.requestsPerMinute ?? capabilities.requestsPerMinute
  return { ...network, capabilities: { ...capabilities, requestsPerMinute: pace } }
}

const wrongSettings = ({ issues }: z.ZodError): NetworkError =>
  new NetworkError('network.refused', {
    message: `settings: ${issues.map(({ message, path }) => `${path.join('.')}: ${message}`).join('; ')}`,
  })

const notConfigured = (missing: string[]): Network['listSales'] =>
  async function* () {
    const message = `not configured: ${missing.join(', ')}`
    yield* await Promise.reject<[]>(new NetworkError('network.unauthorized', { message }))
  }
