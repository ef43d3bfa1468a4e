import type { Answer } from '../../../types.ts'
import { jsonAnswer } from '../answers.ts'

type Problem = { status: number; error: string; description: string; code: number }

/**
 * Admitad's numbered errors. Numbers and shape are documented, the words of 0, 4 and 5 are not.
 * https://developers.admitad.com/knowledge-base/article/help-on-api-response-codes_2
 */
export const PROBLEMS = {
  expired: { status: 401, error: 'invalid_token', description: 'Token expired', code: 0 },
  unknown: { status: 401, error: 'invalid_token', description: "Token doesn't exist", code: 1 },
  badRequest: { status: 400, error: 'invalid_request', description: 'Bad request', code: 3 },
  quota: { status: 503, error: 'limit_exceeded', description: 'Requests limit exceeded', code: 4 },
  rotated: {
    status: 400,
    error: 'invalid_grant',
    description: 'Refresh token is unavailable',
    code: 5,
  },
} satisfies Record<string, Problem>

export const problem = ({ code, description, error, status }: Problem): Answer => {
  const body = { error_description: description, error_code: code, error }
  const answer = jsonAnswer(status, body, `${error} (${code})`)
  if (status !== 401) return answer
  const challenge = `Bearer realm="", error="${error}", error_description="${description}"`
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge } }
}
