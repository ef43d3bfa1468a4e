import type { Answer } from '../../types.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** `code` is what the log shows of a refusal. */
export const jsonAnswer = (status: number, body: unknown, code?: string): Answer => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify(body),
  ...(code === undefined ? {} : { code }),
})

export const isAnswer = (value: object): value is Answer => 'status' in value
