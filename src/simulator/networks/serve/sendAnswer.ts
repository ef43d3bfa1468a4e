import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

import { answerWith } from '../../answerWith.ts'
import type { Answer, AnyFault } from '../../types.ts'
import { untilSlow } from '../../untilSlow.ts'

/** Longer than any reader waits. */
const SLOW_SECONDS = 60
const DRIP_MS = 20

type Sent = {
  answer: Answer
  fault: AnyFault | null
  seconds: number | undefined
  response: ServerResponse
}

/** Lets an answer go, over a line as good as the fault leaves it. */
export const sendAnswer = async (sent: Sent): Promise<void> => {
  const { answer, fault, response, seconds = SLOW_SECONDS } = sent
  if (fault === 'slow') await untilSlow(response, seconds)
  if (fault === 'slow-body') await drip(response, answer, seconds)
  else if (fault === 'gzip' && answer.body !== undefined) zip(response, answer, answer.body)
  else answerWith({ answer, response, fault })
}

/** Byte after byte, and what is left once the time is over. */
const drip = async (response: ServerResponse, answer: Answer, seconds: number): Promise<void> => {
  const body = Buffer.from(answer.body ?? '')
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) })
  const steps = Math.min(Math.floor((seconds * 1000) / DRIP_MS), body.length - 1)
  let sent = 0
  for (; sent < steps && !response.destroyed; sent += 1) {
    response.write(body.subarray(sent, sent + 1))
    await untilSlow(response, DRIP_MS / 1000)
  }
  response.end(body.subarray(Math.max(0, sent)))
}

const zip = (response: ServerResponse, { headers, status }: Answer, body: string): void => {
  const zipped = gzipSync(body)
  const size = { 'content-encoding': 'gzip', 'content-length': String(zipped.length) }
  response.writeHead(status, { ...headers, ...size }).end(zipped)
}
