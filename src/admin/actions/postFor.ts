type Refused = { errors?: { code?: string; message: string }[] }
/** `codes` are those of the refusal; none where nobody of ours refused it. */
type Refusal = { refusal: string; codes: string[] }
type Posted<Answer> = { answer: Answer } | Refusal

const MOST_MS = 30_000
/** A file of 10 MB is read and reduced page by page, which takes minutes on a busy machine. */
const MOST_MS_FOR_A_FILE = 300_000

/**
 * Posts to our own API as the person signed in, an object as JSON and a file as the CSV that it is:
 * its answer, or in words why it was not done. Where no answer came it says that nothing is known,
 * for it may have been done.
 */
export const postFor = async <Answer>(url: string, body: object): Promise<Posted<Answer>> => {
  const isFile = body instanceof Blob
  try {
    const answer = await fetch(url, {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': isFile ? 'text/csv' : 'application/json' },
      body: isFile ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(isFile ? MOST_MS_FOR_A_FILE : MOST_MS),
    })
    const text = await answer.text()
    if (!answer.ok) return refusalIn(text, answer.status)
    return { answer: JSON.parse(text) as Answer }
  } catch {
    return {
      refusal: 'Not known yet: no answer came. Look whether it was done before you repeat it.',
      codes: [],
    }
  }
}

const refusalIn = (text: string, status: number): Refusal => {
  try {
    const { errors = [] } = JSON.parse(text) as Refused
    const words = errors.map(({ code, message }) => (code ? `${message} (${code})` : message))
    const codes = errors.flatMap(({ code }) => code ?? [])
    return { refusal: words.join(' ') || answered(status), codes }
  } catch {
    return { refusal: answered(status), codes: [] } // a proxy's page, not our API's
  }
}

const answered = (status: number): string =>
  status === 413
    ? 'What stands before the server takes less at once (413): send a smaller file.'
    : `The server answered ${status}.`
