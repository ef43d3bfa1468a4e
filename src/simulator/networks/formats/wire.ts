import type { Answer } from '../../types.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** A JSON answer. `code` is what the log shows of a refusal. */
export const jsonAnswer = (status: number, body: unknown, code?: string): Answer => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify(body),
  ...(code === undefined ? {} : { code }),
})

export const isAnswer = (value: object): value is Answer => 'status' in value

/** Reads a whole number of a query, limited to its bounds; `otherwise` if there is none. */
export const readNumber = (
  text: string | null,
  { least = 0, most = Number.MAX_SAFE_INTEGER, otherwise }: Bounds,
): number => {
  const value = /^\d+$/.test(text ?? '') ? Number(text) : otherwise
  return Math.min(Math.max(value, least), most)
}

type Bounds = { least?: number; most?: number; otherwise: number }
