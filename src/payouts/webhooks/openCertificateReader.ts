import { fetchFrom } from '../../platform/outbound/fetchFrom.ts'
import type { PrivateHosts } from '../../platform/outbound/refuseUrl.ts'

/** A webhook is answered within five seconds, with its certificate or without. */
const TIMEOUT_MS = 3_000
/** A certificate has some 2,000 characters. */
const MAX_LENGTH = 20_000

/**
 * Opens the reader of certificates in PEM form. It follows no redirect.
 *
 * @throws Error the certificate could not be read
 */
export const openCertificateReader =
  (privateHosts: PrivateHosts = []) =>
  async (url: URL): Promise<string> => {
    const response = await fetchFrom(url, privateHosts, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const length = Number(response.headers.get('content-length') ?? 0)
    if (response.status !== 200 || length > MAX_LENGTH) {
      await response.body?.cancel()
      throw new Error(`${url.host} sent no certificate (${response.status})`)
    }
    return (await response.text()).slice(0, MAX_LENGTH)
  }
