import type { Answer } from './outcomeOfStatus.ts'

const BASE_URL = 'https://control.msg91.com'

type Post = {
  settings: { authKey: string; baseUrl?: string | undefined }
  flow: object
  deadline: AbortSignal
}

/** Posts to MSG91's Flow API, and returns the answer once all of it is here. */
export const postFlow = async ({ deadline, flow, settings }: Post): Promise<Answer> => {
  const base = (settings.baseUrl ?? BASE_URL).replace(/\/+$/, '')
  const response = await fetch(`${base}/api/v5/flow`, {
    method: 'POST',
    headers: {
      authkey: settings.authKey,
      accept: 'application/json',
      'content-type': 'application/json',
      // No kept connections: one that is closed at the moment of sending leaves an unknown outcome.
      connection: 'close',
    },
    body: JSON.stringify(flow),
    // The key goes to nobody else.
    redirect: 'manual',
    signal: deadline,
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: parsed(text),
  }
}

/** Undefined where a proxy answered with a page of its own. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
