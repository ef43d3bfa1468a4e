import { randomUUID } from 'node:crypto'

import type { Answer, NewMessage, Provider } from '../types.ts'
import { parseJson } from '../readBody.ts'

/** MSG91's flow API: registered texts with variables. Errors may have status 200. */
export const msg91 = ({ templates }: { templates: Map<string, string> }): Provider => ({
  name: 'msg91',
  path: /^\/msg91\/api\/v5\/flow\/?$/,
  take: ({ body, headers }) => {
    if (!headers.authkey) return refused(unauthorized('Unauthorized'))
    const flow = parseJson(body) as Flow | undefined
    const problem = findProblem(flow)
    if (!flow || problem) return refused(refuse(200, problem ?? 'invalid json'))

    const id = randomUUID().replaceAll('-', '').slice(0, 24)
    const text = templates.get(String(flow.template_id ?? flow.flow_id))
    return {
      answer: jsonAnswer(200, { message: id, type: 'success' }),
      messages: (flow.recipients ?? []).map((each) => toMessage({ each, flow, id, text })),
    }
  },
  refusals: {
    'rate-limited': () => refuse(429, 'Too many requests'),
    'rate-limited-with-retry-after': ({ seconds }) => {
      const answer = refuse(429, 'Too many requests')
      return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
    },
    // What a proxy in front of MSG91 sends: HTML, not JSON.
    'server-error': () => ({
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: '<html><head><title>502 Bad Gateway</title></head></html>\r\n',
      code: 'Bad Gateway',
    }),
    unauthorized: () => unauthorized('IP is not whitelisted', '418'),
    'bad-recipient': () => refuse(400, 'Invalid mobile number'),
    'wrong-template': () => refuse(400, 'Template ID Missing or Invalid Template'),
    'error-in-200': () => refuse(200, 'template id missing'),
  },
})

type Flow = {
  template_id?: string
  flow_id?: string
  sender?: string
  recipients?: Recipient[]
}

const findProblem = (flow: Flow | undefined): string | null => {
  if (!flow) return 'invalid json'
  if (!flow.template_id && !flow.flow_id) return 'template id missing'
  if (!Array.isArray(flow.recipients) || flow.recipients.length === 0) return 'recipients missing'
  // Country code and number, digits only.
  return flow.recipients.every((each) => /^\d{10,15}$/.test(String(each?.mobiles)))
    ? null
    : 'Invalid mobile number'
}

/** Phone numbers may be texts or numbers. */
type Recipient = Partial<Record<string, string | number>> | null
type Part = { each: Recipient; flow: Flow; id: string; text: string | undefined }

const toMessage = ({ each, flow, id, text }: Part): NewMessage => {
  const { mobiles = '', CRQID: customId, ...variables } = each ?? {}
  const plain = Object.entries(variables).map(([name, value]) => `${name}: ${value}`)
  const filled = text?.replace(/##(\w+)##/g, (_match, name: string) =>
    String(variables[name] ?? ''),
  )
  return {
    id,
    to: String(mobiles),
    customId: customId === undefined ? null : String(customId),
    carried: {
      sender: flow.sender ?? 'TRIBUT',
      ...(customId === undefined ? {} : { CRQID: String(customId) }),
    },
    text: filled ?? plain.join('\n'),
    raw: flow,
  }
}

const jsonAnswer = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
})

const refuse = (status: number, message: string): Answer => ({
  ...jsonAnswer(status, { message, type: 'error' }),
  code: message,
})

const unauthorized = (message: string, code = '401'): Answer => ({
  ...jsonAnswer(401, {
    status: 'fail',
    hasError: true,
    errors: 'Unauthorized',
    code,
    type: 'error',
    message,
  }),
  code: message,
})

const refused = (answer: Answer) => ({ answer, messages: [] })
