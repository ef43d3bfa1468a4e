type Refused = { errors?: { code?: string; message: string }[] }

const MOST_MS = 30_000

/**
 * Posts to our own API as the person signed in. Null once it is done, else in words why not; where
 * no answer came it says that nothing is known, for it may have been done.
 */
export const postAction = async (url: string, body: object = {}): Promise<string | null> => {
  let answer: Response
  try {
    answer = await fetch(url, {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(MOST_MS),
    })
  } catch {
    return 'Not known yet: no answer came. Look whether it was done before you repeat it.'
  }
  return answer.ok ? null : refusalIn(await answer.text(), answer.status)
}

const refusalIn = (text: string, status: number): string => {
  try {
    const { errors = [] } = JSON.parse(text) as Refused
    const words = errors.map(({ code, message }) => (code ? `${message} (${code})` : message))
    return words.join(' ') || `The server answered ${status}.`
  } catch {
    return `The server answered ${status}.` // a proxy's page, not our API's
  }
}
