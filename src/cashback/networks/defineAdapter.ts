import type { z } from 'zod'

import type { NetworkEnv } from './settings.ts'
import type { TokenStore } from './admitad/tokens.ts'
import type { HttpSettings } from './http/types.ts'
import { NetworkError } from './NetworkError.ts'
import { requestsPerMinuteSetting } from './parts/fields.ts'
import { statementMapping } from './statementMapping.ts'
import type { Network } from './types.ts'

/**
 * What the caller provides to open a network: its rate limit, the hosts that may be private, and a
 * store for tokens.
 */
export type Wiring = TokenStore &
  Pick<HttpSettings, 'beforeRequest' | 'backOff' | 'privateHosts' | 'rateLimitMs'>

/** The environment settings that hold a base URL. */
type BaseUrlSetting = keyof NetworkEnv & `${string}_BASE_URL`

/** An adapter, as code sees it that works with every network. */
export type Adapter = {
  /** The network's name, as shown to people. */
  label: string
  /** The environment settings with its credentials. */
  credentials: readonly (keyof NetworkEnv)[]
  /** The credentials that its API requires; the others are optional. */
  needs: readonly (keyof NetworkEnv)[]
  /** Where its API is: the environment's base URL, or else this one. Null without an API. */
  api: { baseUrlSetting: BaseUrlSetting; baseUrl: string } | null
  /** Whether the environment has the required credentials. Links and files work without them. */
  isConfigured: (env: NetworkEnv) => boolean
  /**
   * What an admin may set for an account. Each setting has a default, here or in the environment.
   */
  settings: z.ZodType
  /** @throws NetworkError `network.refused` the settings do not match the schema */
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
 * Binds an adapter's settings to its factory, so that the list of adapters needs no type
 * parameters. Adds two settings: the columns of the network's payment statements, and, for an
 * adapter with an API, the requests per minute.
 */
export const defineAdapter = <Settings extends z.ZodObject>(
  definition: Definition<Settings>,
): Adapter => {
  const { needs, open, settings: own, ...rest } = definition
  const schema = own.extend({
    statement: statementMapping.optional(),
    ...(needs.length > 0 ? { requestsPerMinute: requestsPerMinuteSetting.optional() } : {}),
  })
  const findMissing = (env: NetworkEnv) => needs.filter((name) => !env[name])
  return {
    ...rest,
    needs,
    settings: schema,
    isConfigured: (env) => findMissing(env).length === 0,
    open: ({ env, settings = {}, wiring = {} }) => {
      const read = schema.safeParse(settings ?? {})
      if (!read.success) throw invalidSettings(read.error)
      const opened = open({ env, settings: read.data as z.output<Settings>, wiring })
      const network = withRequestsPerMinute(opened, read.data)
      const missing = findMissing(env)
      return missing.length === 0
        ? network
        : { ...network, listTransactions: rejectUnconfigured(missing) }
    },
  }
}

const withRequestsPerMinute = (
  network: Network,
  settings: { requestsPerMinute?: number },
): Network => {
  const { capabilities } = network
  const requestsPerMinute = settings.requestsPerMinute ?? capabilities.requestsPerMinute
  return { ...network, capabilities: { ...capabilities, requestsPerMinute } }
}

const invalidSettings = ({ issues }: z.ZodError): NetworkError =>
  new NetworkError('network.refused', {
    message: `settings: ${issues.map(({ message, path }) => `${path.join('.')}: ${message}`).join('; ')}`,
  })

const rejectUnconfigured = (missing: string[]): Network['listTransactions'] =>
  async function* () {
    const message = `not configured: ${missing.join(', ')}`
    yield* await Promise.reject<[]>(new NetworkError('network.unauthorized', { message }))
  }
