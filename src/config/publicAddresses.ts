import type { Env } from './env.ts'

/**
 * Our public address, and the origins with pages that may use a member's cookie. Without a
 * `PUBLIC_URL` (never in production) that is this machine, by both its names.
 */
export const publicAddresses = (env: Env): { publicUrl: string; origins: string[] } => {
  const here = ['localhost', '127.0.0.1'].map((host) => `http://${host}:${env.PORT}`)
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`
  const urls = [
    publicUrl,
    ...(env.PUBLIC_URL ? [] : here),
    ...(env.FRONTEND_URL ? [env.FRONTEND_URL] : []),
    ...env.CORS_ORIGINS,
  ]
  return { publicUrl, origins: [...new Set(urls.map((url) => new URL(url).origin))] }
}
