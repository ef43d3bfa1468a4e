type Refused = { errors?: { code?: string; message: string }[] }
/** `codes` are the error codes of our API; empty where the refusal came from elsewhere. */
type Refusal = { refusal: string; codes: string[] }
type Posted<Answer> = { answer: Answer } | Refusal

const TIMEOUT_MS = 30_000
/** A file of 10 MB is ingested page by page, which takes minutes on a busy machine. */
const FILE_TIMEOUT_MS = 300_000

/**
 * Posts to our own API as the signed-in user: an object as JSON, a file as CSV or as a workbook by
 * its name. Returns the answer, or the reason of the refusal as text. Without an answer, the text says that the result is
 * unknown, because the action may have been done.
 */
export const postToApi = async <Answer>(url: string, body: object): Promise<Posted<Answer>> => {
  const isFile = body instanceof Blob
  try {
    const answer = await fetch(url, {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': isFile ? typeOf(body) : 'application/json' },
      body: isFile ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(isFile ? FILE_TIMEOUT_MS : TIMEOUT_MS),
    })
    const text = await answer.text()
    if (!answer.ok) return readRefusal(text, answer.status)
    return { answer: JSON.parse(text) as Answer }
  } catch {
    return {
      refusal: 'No answer came, so the result is unknown. Check it before you try again.',
      codes: [],
    }
  }
}

/** By the name: a browser may know no type for a workbook. */
const typeOf = (file: Blob): string =>
  file instanceof File && /\.xlsx$/i.test(file.name) ? WORKBOOK : 'text/csv'

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const readRefusal = (text: string, status: number): Refusal => {
  try {
    const { errors = [] } = JSON.parse(text) as Refused
    const texts = errors.map(({ code, message }) => (code ? `${message} (${code})` : message))
    const codes = errors.flatMap(({ code }) => code ?? [])
    return { refusal: texts.join(' ') || describeStatus(status), codes }
  } catch {
    return { refusal: describeStatus(status), codes: [] } // a proxy's page, not our API's
  }
}

const describeStatus = (status: number): string =>
  status === 413
    ? 'The proxy in front of the server limits uploads (413). Send a smaller file.'
    : `The server answered ${status}.`
