import { NetworkError } from '../NetworkError.ts'
import { stopped } from './failureOf.ts'
import { fetchAnswer } from './fetchAnswer.ts'
import { refusalOf as refusalOfHttp } from './refusalOf.ts'
import type { Answer, HttpOptions, Refusal, Request } from './types.ts'
import { unlessAborted } from './unlessAborted.ts'

const TIMEOUT_MS = 60_000
const RATE_LIMIT_MS = 60_000

/** One try: a place in the rate limit, a request, and its answer judged and read. */
export const askOnce = async <Read>(
  request: Request<Read>,
  options: HttpOptions,
): Promise<Read> => {
  const { form, headers, read, signal, url } = request
  const { beforeRequest, refusalOf = refusalOfHttp, timeoutMs = TIMEOUT_MS } = options
  if (beforeRequest) await placeIn(beforeRequest, signal)

  const answer = await fetchAnswer({
    url,
    form,
    signal,
    timeoutMs,
    headers: { accept: 'application/json', ...headers },
  })
  const isGood = answer.status >= 200 && answer.status < 300
  if (!isGood) throw errorOf({ answer, url, refusal: refusalOf(answer), options })
  if (answer.body === undefined && answer.status !== 204) {
    const message = `${url.host} answered ${answer.status} with what is no complete JSON`
    throw new NetworkError('network.bad-answer', { message, isRetryable: true })
  }
  return read(answer)
}

const placeIn = async (
  gate: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  try {
    await unlessAborted(gate(signal), signal)
  } catch {
    if (signal.aborted) throw stopped()
    const message = 'the shared rate limit could not be asked'
    throw new NetworkError('network.unavailable', { message, isRetryable: true })
  }
}

type Refused = { answer: Answer; url: URL; refusal: Refusal; options: HttpOptions }

const errorOf = ({ answer, options, refusal, url }: Refused): NetworkError => {
  const { because, code, isRetryable, providerCode } = refusal
  const number = providerCode == null ? '' : ` (its code ${providerCode})`
  return new NetworkError(code, {
    message: `${url.host} answered ${answer.status}${number}${because ? `: ${because}` : ''}`,
    isRetryable,
    providerCode: providerCode ?? null,
    afterMs: refusal.afterMs ?? (code === 'network.rate-limited' ? restOf(options) : null),
  })
}

/** Longer by chance, so that workers do not come back all at once. */
const restOf = ({ rateLimitMs = RATE_LIMIT_MS }: HttpOptions): number =>
  Math.round(rateLimitMs * (1 + Math.random() / 4))
