import { once } from 'node:events'
import { type ServerResponse, STATUS_CODES } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import type { Answer, AnyFault } from './types.ts'

/** Writes the answer, or, by the fault, resets the connection or cuts the answer. */
export const writeAnswer = ({
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
  else if (fault === 'truncated') response.socket?.end(cutInHalf({ ...answer, body, headers }))
  else response.writeHead(answer.status, headers).end(body)
}

/** Cuts the answer within its body; without a body, within its head. */
const cutInHalf = ({ body, headers, status }: Required<Omit<Answer, 'code'>>): Buffer => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}`
  const whole = Buffer.from(`${head}\r\n${body}`)
  return whole.subarray(0, body ? whole.length - Math.ceil(body.length / 2) : head.length - 4)
}

/** Waits for `seconds`, or until the client closes the connection. */
export const waitSlow = async (response: ServerResponse, seconds: number): Promise<void> => {
  const done = new AbortController()
  const { signal } = done
  const ignore = () => undefined
  await Promise.race([
    wait(seconds * 1000, undefined, { signal }).catch(ignore),
    once(response, 'close', { signal }).catch(ignore),
  ])
  done.abort()
}
