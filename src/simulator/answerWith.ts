import { type ServerResponse, STATUS_CODES } from 'node:http'

import type { Answer, AnyFault } from './types.ts'

/** Answers as the provider would, or as a line that breaks meanwhile. */
export const answerWith = ({
  answer,
  fault,
  response,
}: {
  answer: Answer
  fault: AnyFault | null
  response: ServerResponse
}): void => {
  const body = answer.body ?? ''
  const headers = { ...answer.headers, 'content-length': String(Buffer.byteLength(body)) }
  if (fault === 'reset-after-accept') response.socket?.resetAndDestroy()
  else if (fault === 'truncated') response.socket?.end(halfOf({ ...answer, body, headers }))
  else response.writeHead(answer.status, headers).end(body)
}

/** Breaks off in the body; where there is none, in the head. */
const halfOf = ({ body, headers, status }: Required<Omit<Answer, 'code'>>): Buffer => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}`
  const whole = Buffer.from(`${head}\r\n${body}`)
  return whole.subarray(0, body ? whole.length - Math.ceil(body.length / 2) : head.length - 4)
}
