import type { Adapter } from './defineAdapter.ts'
import type { NetworkEnv } from './settings.ts'

/**
 * Returns the base URL in a network's settings, without a slash at its end; null if it has none of
 * its own. Two texts of one URL give the same result.
 */
export const readBaseUrl = (settings: unknown): string | null => {
  const { baseUrl } = (settings ?? {}) as { baseUrl?: unknown }
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) return null
  const { origin, pathname } = new URL(baseUrl)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/**
 * Whether these settings lead to another host than the one for which the environment holds
 * credentials: its own base URL, or else the adapter's.
 */
export const leavesEnvironmentHost = (
  { api }: Pick<Adapter, 'api'>,
  env: NetworkEnv,
  settings: unknown,
): boolean => {
  const own = readBaseUrl(settings)
  if (!api || own === null) return false
  return new URL(own).origin !== new URL(env[api.baseUrlSetting] ?? api.baseUrl).origin
}
