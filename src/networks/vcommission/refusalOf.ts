import { z } from 'zod'

import { refusalOf as refusalOfHttp } from '../http/refusalOf.ts'
import type { Answer, Refusal } from '../http/types.ts'

/** What Trackier means by an error: a wrong key is a 400 like any other bad request, in words only. */
export const refusalOf = (answer: Answer): Refusal => {
  const isAboutKey = answer.status === 400 && /api.?key/i.test(wordsIn(answer.body))
  return isAboutKey
    ? { code: 'network.unauthorized', isRetryable: false, because: 'the API key is not valid' }
    : refusalOfHttp(answer)
}

const Problem = z.object({
  message: z.string().default(''),
  errors: z.array(z.object({ message: z.string().default('') })).default([]),
})

const wordsIn = (body: unknown): string => {
  const { data } = Problem.safeParse(body)
  return data ? [data, ...data.errors].map(({ message }) => message).join(' ') : ''
}
